"""The support model that comes with Footnote: its weights, and the card that tells what it can do."""

import json

import pytest

from index.models import sha256
from rag.training.support.card import write_card
from rag.verify.support import SupportCalibration, SupportModel


def test_the_weights_are_those_that_were_measured():
    weights = SupportModel.bundled / "model.safetensors"
    assert sha256(weights) == SupportModel.bundled_sha256
    assert weights.stat().st_size < 50e6


@pytest.mark.parametrize("folder", [SupportModel.bundled, SupportModel.adapted], ids=["small", "base"])
def test_the_card_is_written_from_the_figures(folder):
    settings, figures = (json.loads((folder / name).read_text()) for name in ("training.json", "figures.json"))
    assert (folder / "README.md").read_text(encoding="utf-8") == write_card(settings, figures)


@pytest.mark.parametrize("folder", [SupportModel.bundled, SupportModel.adapted], ids=["small", "base"])
def test_the_calibration_is_the_one_in_the_figures(folder):
    fitted = json.loads((folder / "figures.json").read_text())["fit"]
    assert SupportCalibration.read(folder) == SupportCalibration(
        tuple(fitted["weights"]), fitted["weak"], tuple(fitted["strict"]), fitted["supported"]
    )
