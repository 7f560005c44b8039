import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import ca.uhn.fhir.validation.ValidationResult;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Judge resources by HL7's validator: arguments are `r4` or `r5`; standard input names a file a line, then perhaps a tab and profiles. */
public class Validate {
  public static void main(String[] arguments) throws Exception {
    FhirContext context = arguments[0].equals("r5") ? FhirContext.forR5() : FhirContext.forR4();
    ValidationSupportChain chain = new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context),
        new SnapshotGeneratingValidationSupport(context));
    FhirInstanceValidator instance = new FhirInstanceValidator(chain);
    FhirValidator validator = context.newValidator().registerValidatorModule(instance);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t");
      ValidationOptions options = new ValidationOptions();
      for (int i = 1; i < parts.length; i++) {
        options.addProfile(parts[i]);
      }
      ValidationResult result = validator.validateWithResult(Files.readString(Path.of(parts[0])), options);
      for (var message : result.getMessages()) {
        if (message.getSeverity() != ResultSeverityEnum.INFORMATION) {
          System.out.println(message.getSeverity() + "\t" + parts[0] + "\t" + message.getLocationString() + "\t"
              + message.getMessage().replaceAll("\\s+", " "));
        }
      }
      System.out.println("DONE\t" + parts[0]);
    }
  }
}
