"""Codes of scales: what is a step, and what only looks like one."""

from __future__ import annotations

import pytest

from skosify_rad.language.grades import grade_code, leading_code, step_of


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Type I", ("type", "I")),
        ("type IVa", ("type", "IVa")),
        ("Grade 3", ("grade", "3")),
        ("Stage IIB:", ("stage", "IIB")),
        ("Category 4.1", ("category", "4.1")),
        ("IIF", ("", "IIF")),
        ("1A", ("", "1A")),
        ("III", ("", "III")),
        ("B", ("", "B")),
        ("T2a", ("", "T2a")),
        ("Level V", ("level", "V")),
    ],
)
def test_steps_of_scales(name: str, found: tuple[str, str]) -> None:
    assert grade_code(name) == found


@pytest.mark.parametrize(
    "name",
    [
        "Type",
        "Grade three",
        "Fracture",
        "CT",
        "MRI",
        "Vitamin D",
        "2 cm",
        "10 %",
        "1990s",
        "Stage of healing",
        "",
        "ABC",
        "COVID",
        "Type I and II",
    ],
)
def test_what_is_no_step(name: str) -> None:
    assert grade_code(name) == ("", "")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Le Fort II", ("Le Fort", "II")),
        ("Bosniak IIF", ("Bosniak", "IIF")),
        ("PI-RADS 4", ("PI-RADS", "4")),
        ("Vitamin B12 deficiency", ("", "")),
        ("II", ("", "")),
        ("Renal cyst", ("", "")),
    ],
)
def test_steps_named_after_their_scale(name: str, found: tuple[str, str]) -> None:
    assert step_of(name) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I: ascending aorta", "I"),
        ("IIIa to the diaphragm", "IIIa"),
        ("grade 2 – partial", "2"),
        ("2 cm or more", ""),
        ("3-5 days", ""),
        ("3–55 HU", ""),
        ("10% of cases", ""),
        ("10 % of cases", ""),
        ("Almost all", ""),
        ("In adults", ""),
        ("2 years later", ""),
    ],
)
def test_texts_that_start_with_a_code(text: str, code: str) -> None:
    assert leading_code(text)[0] == code
