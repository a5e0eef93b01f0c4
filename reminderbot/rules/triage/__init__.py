"""Red flags in what people write: found, weighed and explained, by content alone, without any I/O."""

from reminderbot.rules.triage.engine import judge
from reminderbot.rules.triage.lexicon import Lexicon
from reminderbot.rules.triage.verdict import Assertion, Evidence, Level, Verdict

__all__ = ["Assertion", "Evidence", "Level", "Lexicon", "Verdict", "judge"]
