"""Recognisers from elsewhere: a spaCy pipeline made and trained here, a token classifier made here, and what is missing."""

from __future__ import annotations

import builtins
from itertools import pairwise

import pytest

from fictional import region
from gazetteer.errors import FormatError
from geo.engines import MissingEngineError, Steered, load_recogniser
from geo.engines.base import mentions_of
from geo.engines.token_classifier import TransformersRecogniser, _windows
from geo.model import Report
from geo.pipeline import extract_all
from geo.recognise import GazetteerRecogniser
from geo.run import run_extraction

PLACES = region()
TEXT = "Shells fell on Orrin and Ulmen. Mr Tessel was with Dorn."


@pytest.fixture(scope="module")
def spacy():
    return pytest.importorskip("spacy", reason='spaCy is not installed; pip install "conflict-mapper[spacy]" brings it')


@pytest.fixture
def ruled(spacy, tmp_path):
    """A pipeline with an entity ruler, saved to disk."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "GPE", "pattern": "Orrin"},
            {"label": "LOC", "pattern": "Ulmen"},
            {"label": "PERSON", "pattern": "Tessel"},
        ]
    )
    nlp.to_disk(tmp_path / "ruled")
    return tmp_path / "ruled"


def test_a_saved_pipeline_finds_its_places(ruled):
    found = load_recogniser(f"spacy:{ruled}")(TEXT)
    assert [(m.text, TEXT[m.start : m.end]) for m in found] == [("Orrin", "Orrin"), ("Ulmen", "Ulmen")]
    assert load_recogniser(f"spacy:{ruled}")(" ") == ()


def test_a_trained_pipeline_finds_what_it_learnt(spacy, tmp_path):
    from spacy.training import Example  # noqa: PLC0415

    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("GPE")
    examples = [
        Example.from_dict(nlp.make_doc(f"Rain fell in {name} today."), {"entities": [(13, 13 + len(name), "GPE")]})
        for name in ("Orrin", "Tessel", "Dorn", "Vellin")
    ]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(tmp_path / "trained")
    found = load_recogniser(f"spacy:{tmp_path / 'trained'}")("Rain fell in Orrin today.")
    assert [m.text for m in found] == ["Orrin"]


def test_an_engine_decides_what_is_a_name_and_the_gazetteer_what_it_means(ruled):
    engine = load_recogniser(f"spacy:{ruled}")
    plain = GazetteerRecogniser(PLACES)
    found = Steered(engine, plain, PLACES)(TEXT)
    assert [(m.text, m.candidates) for m in found] == [("Orrin", ("orrin",)), ("Ulmen", ())]
    extraction = extract_all([Report("a.txt", TEXT)], PLACES, engine)
    assert [(r.mention.text, r.place_id) for _, r in extraction.resolutions] == [("Orrin", "orrin"), ("Ulmen", None)]
    assert [row.text for row in extraction.unresolved] == ["Ulmen"]


def test_the_program_takes_an_engine_by_name(ruled, tmp_path):
    report = tmp_path / "a.txt"
    report.write_text("Rain fell in Orrin and Baku.", "utf8")
    run = run_extraction([report], recogniser=f"spacy:{ruled}")
    assert [r.mention.text for _, r in run.extraction.resolutions] == ["Orrin"]


def test_spans_become_mentions_without_overlap_or_possessive():
    assert [m.text for m in mentions_of("in Orrin’s port", [(2, 10), (3, 8), (11, 15)])] == ["Orrin", "port"]


def test_groups_of_a_token_classifier_become_mentions():
    def classify(text):
        at = text.find("Orrin")
        return [] if at < 0 else [
            {"entity_group": "LOC", "start": at, "end": at + 5},
            {"entity_group": "PER", "start": 0, "end": 2},
        ]  # fmt: skip

    text = "He saw it. " * 150 + "It was in Orrin. " + "He saw it. " * 150
    assert [(m.text, m.start) for m in TransformersRecogniser(classify)(text)] == [("Orrin", text.index("Orrin"))]
    assert TransformersRecogniser(classify)("") == ()


def test_windows_cover_a_long_text_and_cut_between_words():
    text = "word " * 1000
    parts = list(_windows(text))
    assert all(text[start : start + len(part)] == part for start, part in parts)
    assert all(a + len(p) > b for (a, p), (b, _) in pairwise(parts))
    assert parts[-1][0] + len(parts[-1][1]) == len(text)
    assert list(_windows("x" * 3000))[-1][0] > 0


def test_a_saved_token_classifier_is_loaded_from_its_folder(tmp_path):
    transformers = pytest.importorskip(
        "transformers", reason='transformers is not installed; pip install "conflict-mapper[transformers]" brings it'
    )
    torch = pytest.importorskip("torch", reason="torch is not installed; the extra [transformers] brings it")
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed; transformers brings it")
    torch.manual_seed(1)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "rain", "fell", "in", "orrin", "tessel", "today", "."]
    marks = {"unk_token": "[UNK]", "pad_token": "[PAD]"}
    pieces = tokenizers.Tokenizer(
        tokenizers.models.WordPiece({w: i for i, w in enumerate(words)}, unk_token=marks["unk_token"])
    )
    pieces.normalizer = tokenizers.normalizers.Lowercase()
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=pieces, **marks)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=2, id2label={0: "O", 1: "B-LOC"}, label2id={"O": 0, "B-LOC": 1}, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    model = transformers.BertForTokenClassification(config)
    batch = tokenizer(["rain fell in orrin today .", "rain fell in tessel today ."], return_tensors="pt")
    labels = (batch["input_ids"] == words.index("orrin")) | (batch["input_ids"] == words.index("tessel"))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(80):
        optimizer.zero_grad()
        model(**batch, labels=labels.long()).loss.backward()
        optimizer.step()
    model.save_pretrained(tmp_path / "model")
    tokenizer.save_pretrained(tmp_path / "model")
    found = load_recogniser(f"transformers:{tmp_path / 'model'}")("Rain fell in Orrin today.")
    assert [m.text for m in found] == ["Orrin"]


@pytest.mark.parametrize("name", ["flair:x", "spacy", "spacy:", ":x", "transformers:no-such-folder"])
def test_a_wrong_name_is_told_with_what_to_write(name):
    with pytest.raises(FormatError, match=r"PATH|no such folder"):
        load_recogniser(name)


@pytest.mark.usefixtures("spacy")
def test_a_folder_without_a_pipeline_is_told(tmp_path):
    with pytest.raises(FormatError, match="no spaCy pipeline"):
        load_recogniser(f"spacy:{tmp_path}")


@pytest.mark.parametrize(("engine", "library"), [("spacy", "spacy"), ("transformers", "transformers")])
def test_a_missing_extra_is_told_with_the_command(engine, library, tmp_path, monkeypatch):
    real = builtins.__import__

    def fake(name, *args, **kwargs):
        if name.split(".")[0] == library:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fake)
    with pytest.raises(MissingEngineError, match=rf'pip install "conflict-mapper\[{engine}\]"'):
        load_recogniser(f"{engine}:{tmp_path}")
