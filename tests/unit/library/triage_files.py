"""A small content/triage that is right, for tests to spoil."""

from pathlib import Path

from reminderbot.library.triage import Cues

LISTS = "pee: [pee, wee]\n"
CONCEPTS = """\
saddle: {kind: site, critical: true, phrases: [groin]}
numbness: {kind: sensation, inverted: true, critical: true, phrases: [numb]}
cant-pee:
  kind: symptom
  inverted: true
  critical: true
  phrases:
    - cant {pee}
pregnant: {kind: context, phrases: [pregnant]}
joke: {kind: cue, phrases: [just kidding]}
"""
CONDITION = """\
id: cauda
row: [1, 17]
title: {en: Nerves of the pelvis}
reason: {en: Numbness there should be looked at straight away.}
question: {en: Is it numb right now?}
rules:
  - id: numb
    level: emergency
    needs: [numbness @ saddle]
  - id: pee
    level: emergency
    needs: [cant-pee, not joke]
sources: [A leaflet]
reviewed: null
examples:
  - {say: my groin is numb, want: emergency}
  - {say: no numb groin, want: none}
"""
SPANISH = """\
id: es
name: Español
function_words: [que]
negators: [no]
topics:
  urine: {condition: cauda, level: emergency, inverted: true, phrases: [no puedo orinar]}
card: {emergency: Llama., urgent: Llama hoy., mental: Llama ya.}
safety: Llama.
question: ¿Ahora?
answers: {yes: Sí, gone: Se fue, someone_else: Otra persona, figure: Es un dicho}
"""


def write(folder: Path) -> Path:
    """Write it below a content folder; return its own folder."""
    triage = folder / "triage"
    cues = "".join(f"{name}: [{name.replace('_', '')}]\n" for name in Cues.model_fields)
    for file, text in {
        "lists.yaml": LISTS,
        "concepts/all.yaml": CONCEPTS,
        "conditions/cauda.yaml": CONDITION,
        "cues.yaml": cues.replace("negators: [negators]", 'negators: ["no"]'),
        "typos.yaml": "words: [groin]\nvariants: {numb: [nubm], cant pee: [cantpee]}\n",
        "common-words.txt": "# Source: written here\ngroan\n",
        "ordinary.yaml": "small talk: [done, thanks]\n",
        "languages/es.yaml": SPANISH,
    }.items():
        path = triage / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return triage
