"""Vaults in other languages than English: `init` guesses the language; findings make sense there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skosify_rad import build, read_config
from skosify_rad.model.namespaces import SKOS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

VAULTS = {
    "de": {
        "Osteomyelitis.md": "Die Osteomyelitis ist eine Entzündung des Knochenmarks, meist durch Bakterien.\n\n"
        "## Einteilung\n- Akute Osteomyelitis\n- Brodie-Abszess\n\n"
        "## Differentialdiagnose\n- [[Ewing-Sarkom]]: ohne Fieber\n- Eosinophiles Granulom\n",
        "Ewing-Sarkom.md": "Das Ewing-Sarkom ist ein bösartiger Tumor der Knochen.\n\n## Klinik\nSchmerz.\n",
        "5. März 2024.md": "Heute gelesen: [[Osteomyelitis]].\n",
    },
    "it": {
        "Gotta.md": "La gotta è un'artrite da cristalli di urato.\n\n"
        "## Classificazione\n- Gotta acuta\n- Gotta cronica\n\n"
        "## Diagnosi differenziale\n- [[Artrite settica]]: febbre\n- Condrocalcinosi della cartilagine\n",
        "Artrite settica.md": "L'artrite settica è un'infezione con pus.\n\n## Cause\n- Stafilococco\n",
    },
    "da": {
        "Gigt.md": "Gigt er en betændelse i leddet på grund af krystaller.\n\n"
        "## Klassifikation\n- Akut gigt\n- Kronisk gigt\n\n"
        "## Differentialdiagnoser\n- [[Septisk artrit]]: feber\n- Pseudogigt\n",
        "Septisk artrit.md": "Septisk artrit er en infektion i et led og er farlig.\n\n## Behandling\n- Skylning\n",
    },
    "zh": {
        "痛风.md": "痛风是一种由尿酸盐结晶引起的关节炎。\n\n## 分类\n- 急性痛风\n- 慢性痛风\n\n"
        "## 鉴别诊断\n- [[化脓性关节炎]]：发热\n- 假性痛风\n",
        "化脓性关节炎.md": "化脓性关节炎是关节的细菌感染。\n",
    },
}
LABELS = {
    "de": {"Osteomyelitis", "Akute Osteomyelitis", "Brodie-Abszess", "Ewing-Sarkom", "Eosinophiles Granulom"},
    "it": {"Gotta", "Gotta acuta", "Gotta cronica", "Artrite settica", "Condrocalcinosi della cartilagine"},
    "da": {"Gigt", "Akut gigt", "Kronisk gigt", "Septisk artrit", "Pseudogigt"},
    "zh": {"痛风", "急性痛风", "慢性痛风", "化脓性关节炎", "假性痛风"},
}


@pytest.mark.parametrize("language", VAULTS)
def test_a_vault_in_another_language(
    language: str, run: Callable[..., Result], make_vault: Callable[..., Path]
) -> None:
    vault = make_vault(VAULTS[language])
    assert run("init", vault).exit_code == 0
    config = read_config(vault / "rad2skos.toml")
    assert config.scheme.language == language
    export = build(vault, config)
    concepts = [p for p in export.graph.subjects.values() if SKOS.inScheme in p]
    labels = [label for properties in concepts for label in properties[SKOS.prefLabel]]
    assert {getattr(label, "value", "") for label in labels} == LABELS[language]
    assert {getattr(label, "language", "") for label in labels} == {language}
    assert {finding.rule.slug for finding in export.diagnostics} == {"no-outward-link"}


def test_english_stays_english(run: Callable[..., Result], make_vault: Callable[..., Path]) -> None:
    vault = make_vault({"Gout.md": "Gout is an arthritis that is caused by crystals of urate in the joint.\n"})
    run("init", vault)
    text = (vault / "rad2skos.toml").read_text(encoding="utf-8")
    assert '\nlanguage = "en"\n' in text
    assert '\n# classification_headings = ["Flavours"]\n' in text
