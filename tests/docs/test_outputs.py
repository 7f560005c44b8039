"""Every output has a page, and the example on it is what the output writes."""

import json
import re

import pytest
from sample_graphs import BASE, graph_of

from skosify_rad.docs import page_names, read_page
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import DCT, RDF, SKOS
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs import FORMATS, OUTPUTS, Output

OSTEOPOROSIS = BASE + "osteoporosis"
GRAPH = graph_of(
    [
        Triple(BASE, RDF.type, SKOS.ConceptScheme),
        Triple(BASE, DCT.title, Literal("Radiology", "en")),
        Triple(OSTEOPOROSIS, RDF.type, SKOS.Concept),
        Triple(OSTEOPOROSIS, SKOS.prefLabel, Literal("Osteoporosis", "en")),
        Triple(OSTEOPOROSIS, SKOS.altLabel, Literal("OP", "en")),
        Triple(OSTEOPOROSIS, SKOS.inScheme, BASE),
        Triple(OSTEOPOROSIS, SKOS.narrower, BASE + "generalised-osteoporosis"),
    ]
)


def test_every_output_has_a_page_and_every_page_an_output() -> None:
    assert {f"outputs/{name}" for name in FORMATS} == {n for n in page_names() if n.startswith("outputs/")}


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda o: o.name)
def test_the_example_is_what_is_written(output: Output) -> None:
    page = read_page(f"outputs/{output.name}")
    assert f"`{output.file_name}`" in page
    assert output.media_type in page
    example = re.search(r"^```\w+\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert example
    written = output.render(GRAPH, Config()).decode()
    if output.name == "jsonld":  # the context, two pages long, is left out of the example
        document = json.loads(written)
        document["@context"] = {}
        assert json.loads(example[1].replace("{ ... }", "{}")) == document
    else:
        assert example[1] == written
