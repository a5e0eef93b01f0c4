"""A content folder's files as checked models; what is wrong is collected, never raised."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reminderbot.library import yamlfile
from reminderbot.library.problems import Problem, innermost, sentence

M = TypeVar("M", bound=BaseModel)


def problem_at(folder: Path, file: str, where: tuple[str | int, ...], message: str) -> Problem:
    """Return a problem of one value in a file that could be read; its line is looked up only now.

    Raises Unreadable for a file that can't be read any more.
    """
    _, place = yamlfile.read(folder / file)
    return Problem(file, *place.find(where), message)


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads the YAML files of a content folder."""

    folder: Path
    problems: list[Problem]
    """What was found wrong so far."""

    def one_a_file(self, name: str, model: type[M]) -> tuple[M, ...]:
        """Return the valid files of a folder as models, in the order of their names."""
        return tuple(item for _, item, _ in self.located(name, model))

    def optional(self, name: str, model: type[M]) -> tuple[M, ...]:
        """Return the valid files of a folder as models; none when there is no such folder."""
        return self.one_a_file(name, model) if (self.folder / name).is_dir() else ()

    def one(self, file: str, model: type[M]) -> M | None:
        """Return a file as a model; none when it has a problem."""
        found = self.file(self.folder / file)
        return self.model(file, model, *found, ()) if found else None

    def located(self, name: str, model: type[M]) -> Iterator[tuple[str, M, yamlfile.Place]]:
        """Yield the valid files of a folder with their names and places."""
        for file, value, place in self.files(name):
            if (item := self.model(file, model, value, place, ())) is None:
                continue
            expected, actual = Path(file).stem, getattr(item, "id", "")
            if actual != expected:
                line, _ = place.find(("id",))
                self.add(file, line, "id", f"is {actual!r}, but the file's name says {expected!r}")
            yield file, item, place

    def files(self, name: str) -> Iterator[tuple[str, dict[str, Any], yamlfile.Place]]:
        """Yield the files of a folder that are mappings."""
        for path in self.paths(name):
            if found := self.file(path):
                yield path.relative_to(self.folder).as_posix(), *found

    def file(self, path: Path) -> tuple[dict[str, Any], yamlfile.Place] | None:
        """Return a file that is a mapping, and where its values stand."""
        file = path.relative_to(self.folder).as_posix()
        try:
            value, place = yamlfile.read(path)
        except yamlfile.Unreadable as error:
            self.problems.append(error.problem(file))
            return None
        if isinstance(value, dict):
            return value, place
        self.add(file, place.line, "", "is not a mapping; write lines of the form `name: value`")
        return None

    def model(
        self, file: str, model: type[M], value: object, place: yamlfile.Place, at: tuple[str, ...]
    ) -> M | None:
        """Return a value as a model; `at` says where in the file it stands."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for detail in innermost(error.errors(include_url=False)):
                line, where = place.find((*at, *detail["loc"]))
                self.add(file, line, where, sentence(detail))
            return None

    def fault(self, file: str, where: tuple[str | int, ...], message: str) -> None:
        """Note a problem of one value in a file that could be read."""
        self.problems.append(problem_at(self.folder, file, where, message))

    def add(self, file: str, line: int, where: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, line, where, message))

    def paths(self, name: str) -> list[Path]:
        """Return the YAML files of a folder, in the order of their names; one that would be overlooked is a problem."""
        try:
            paths = sorted((self.folder / name).iterdir())
        except FileNotFoundError:
            self.add(name, 0, "", "the folder is missing")
            return []
        except OSError as error:
            self.add(name, 0, "", f"the folder cannot be read: {error.strerror or error}")
            return []
        for path in paths:
            if path.suffix != ".yaml" and path.suffix.lower() in (".yml", ".yaml"):
                self.add(f"{name}/{path.name}", 0, "", "would not be read; rename it to end in .yaml")
        return [path for path in paths if path.suffix == ".yaml"]
