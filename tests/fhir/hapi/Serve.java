import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.HapiHSearchAnalysisConfigurers;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import ca.uhn.fhir.jpa.term.api.ITermReadSvc;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** A HAPI FHIR server for R4 on loopback, with its data in memory: {@code java Serve.java PORT}. Tests only. */
public class Serve {
  @Configuration
  @Import({JpaR4Config.class, HapiJpaConfig.class, JpaBatch2Config.class, Batch2JobsConfig.class,
      SubscriptionChannelConfig.class, SubscriptionSubmitterConfig.class,
      ThreadPoolFactoryConfig.class})
  public static class Config {
    @Bean
    public JpaStorageSettings storageSettings() {
      JpaStorageSettings settings = new JpaStorageSettings();
      settings.setAllowExternalReferences(true);
      settings.setHibernateSearchIndexSearchParams(false);
      settings.setDeferIndexingForCodesystemsOfSize(1_000_000); // a deferred index loses nested concepts
      settings.setMaximumExpansionSize(100_000); // the default is 1,000 codes
      settings.setPreExpandValueSetsDefaultCount(100_000);
      settings.setPreExpandValueSetsMaxCount(100_000);
      return settings;
    }

    @Bean
    public PartitionSettings partitionSettings() {
      return new PartitionSettings();
    }

    @Bean
    public SubscriptionSettings subscriptionSettings() {
      return new SubscriptionSettings();
    }

    @Bean
    public DataSource dataSource() {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL("jdbc:h2:mem:fhir;DB_CLOSE_DELAY=-1");
      return source;
    }

    @Primary
    @Bean
    public LocalContainerEntityManagerFactoryBean entityManagerFactory(
        DataSource source, ConfigurableListableBeanFactory beans, FhirContext context, JpaStorageSettings settings) {
      LocalContainerEntityManagerFactoryBean factory =
          HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, settings);
      factory.setPersistenceUnitName("fhir");
      factory.setDataSource(source);
      Properties more = new Properties();
      more.put("hibernate.dialect", HapiFhirH2Dialect.class.getName());
      more.put("hibernate.hbm2ddl.auto", "update");
      more.put("hibernate.search.enabled", "true"); // without it $expand and $subsumes answer 500
      more.put("hibernate.search.backend.type", "lucene");
      more.put("hibernate.search.backend.lucene_version", "LUCENE_CURRENT");
      more.put("hibernate.search.backend.directory.type", "local-heap");
      more.put("hibernate.search.backend.analysis.configurer",
          HapiHSearchAnalysisConfigurers.HapiLuceneAnalysisConfigurer.class.getName());
      factory.setJpaProperties(more);
      return factory;
    }

    @Primary
    @Bean
    public JpaTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }
  }

  public static void main(String[] arguments) throws Exception {
    AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Config.class);
    RestfulServer servlet = new RestfulServer(beans.getBean(FhirContext.class));
    servlet.registerProviders(beans.getBean(ResourceProviderFactory.class).createProviders());
    servlet.registerProvider(beans.getBean(JpaSystemProvider.class));
    servlet.registerProvider(beans.getBean(ValueSetOperationProvider.class));
    servlet.setPagingProvider(beans.getBean(DatabaseBackedPagingProvider.class));
    servlet.setServerConformanceProvider(new JpaCapabilityStatementProvider(
        servlet, beans.getBean(IFhirSystemDao.class), beans.getBean(JpaStorageSettings.class),
        beans.getBean(ISearchParamRegistry.class), beans.getBean("myJpaValidationSupportChain",
            ca.uhn.fhir.context.support.IValidationSupport.class)));
    ITermReadSvc terms = beans.getBean(ITermReadSvc.class);
    IJobMaintenanceService jobs = beans.getBean(IJobMaintenanceService.class);
    Executors.newSingleThreadScheduledExecutor(work -> {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      return thread;
    }).scheduleWithFixedDelay(() -> {
      try {
        jobs.runMaintenancePass(); // every minute by default; old code systems are deleted by such jobs
        terms.preExpandDeferredValueSetsToTerminologyTables(); // its own job runs every ten minutes
      } catch (RuntimeException fault) {
        System.err.println("pre-expansion: " + fault);
      }
    }, 1, 1, TimeUnit.SECONDS);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    server.addConnector(connector);
    ServletContextHandler handler = new ServletContextHandler("/");
    handler.addServlet(new ServletHolder(servlet), "/fhir/*");
    server.setHandler(handler);
    server.start();
    server.join();
  }
}
