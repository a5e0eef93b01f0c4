"""The guide for people who write content: its examples are right as they stand."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

import reminderbot
from reminderbot.library import schema, yamlfile

GUIDE = Path(reminderbot.__file__).parents[1] / "CONTRIBUTING.md"
EXAMPLES = re.findall(r"```yaml\n(id: .*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


def is_right(form: type[BaseModel], value: object) -> bool:
    try:
        return bool(form.model_validate(value))
    except ValidationError:
        return False


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_guide_is_a_right_file(example: str, tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(example, "utf-8")
    value, _ = yamlfile.read(tmp_path / "example.yaml")
    assert [name for name in ("nudge", "stretch", "fact") if is_right(schema.KINDS[name].form, value)]


def test_the_guide_has_examples() -> None:
    assert EXAMPLES
