"""The generator of random programs by itself; random_programs.py runs what it makes."""

import pytest
import signatures
from generator import mistakes, values
from generator.program import Generator, everything


def test_a_seed_makes_the_same_program_again():
    assert Generator("s/1").program() == Generator("s/1").program()
    assert Generator("s/1").program() != Generator("s/2").program()
    assert mistakes.broken_program("s", 7)[1] == mistakes.broken_program("s", 7)[1]


def test_every_parameter_has_values():
    parameters = [
        f"{function.name}.{given.name}"
        for function in signatures.api().values()
        for given in function.parameters
        if not given.variadic
    ]
    assert sorted(values.VALUES) == sorted(parameters)


def test_a_new_parameter_would_be_missed(monkeypatch):
    known = everything()
    function = signatures.api()["install.go"]
    new = signatures.Parameter("mirror", "Url", False, False)
    changed = signatures.Function(function.name, (*function.parameters, new), function.docstring)
    monkeypatch.setattr(signatures, "api", lambda: {"install.go": changed})
    assert "install.go(mirror) by keyword" in set(everything()) - set(known)


@pytest.mark.parametrize("name", mistakes.ALL_MISTAKES[:: len(mistakes.ALL_MISTAKES) // 12])
def test_a_mistake_is_in_the_program(name):
    number = mistakes.ALL_MISTAKES.index(name)
    made, program = mistakes.broken_program("s", number)
    assert made == name
    assert program.files != Generator("s").program().files
