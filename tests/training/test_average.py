"""Averaging the weights of trainings that differ in their seeds only."""

import json
import shutil

import pytest
import torch
from safetensors.torch import load_file, save_file

from rag.read.spans import SpanModel
from rag.training.__main__ import SETTINGS
from rag.training.average import OF_A_RUN, WEIGHTS, average

RUN = dict.fromkeys(OF_A_RUN, 1) | {"recipe": "footnote", "before": None}


def trained(folder, source, factor, **settings):
    """A model whose weights are those of `source`, times a factor."""
    shutil.copytree(source, folder)
    weights = {name: weight * factor for name, weight in load_file(source / WEIGHTS).items()}
    save_file(weights, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / SETTINGS).write_text(json.dumps(RUN | settings))
    return folder


def test_the_average_is_half_way_between_and_can_be_read_with(tmp_path, tiny_reader_folder):
    one = trained(tmp_path / "one", tiny_reader_folder, 1.0, seed=1, tokens=5)
    other = trained(tmp_path / "other", tiny_reader_folder, 3.0, seed=2, tokens=6)
    average([one, other], tmp_path / "both")
    source, mean = load_file(tiny_reader_folder / WEIGHTS), load_file(tmp_path / "both" / WEIGHTS)
    assert source.keys() == mean.keys()
    for name, weight in source.items():
        torch.testing.assert_close(mean[name], weight * 2)
    settings = json.loads((tmp_path / "both" / SETTINGS).read_text())
    assert settings["averaged"] == [{"seed": 1, "steps": 1, "tokens": 5}, {"seed": 2, "steps": 1, "tokens": 6}]
    ((window,),) = SpanModel(str(tmp_path / "both")).read("Who?", [("", "The keeper lit it.")])
    assert window.best_span(0, 18)


def test_an_adapter_and_one_that_went_on_from_it_are_averaged(tmp_path):
    first = {"recipe": "adapter", "before": None, "seed": 1, "steps": 3, "tokens": 5}
    later = {"recipe": "adapter", "before": {"recipe": "adapter", "before": first}, "seed": 2, "steps": 4, "tokens": 6}
    for name, value, settings in (("first", 1.0, first), ("later", 3.0, later)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "adapter_config.json").write_text("{}")
        save_file({"lora": torch.full((2, 2), value)}, tmp_path / name / "adapter_model.safetensors")
        (tmp_path / name / SETTINGS).write_text(json.dumps(settings))
    average([tmp_path / "first", tmp_path / "later"], tmp_path / "both")
    mean = load_file(tmp_path / "both" / "adapter_model.safetensors")
    torch.testing.assert_close(mean["lora"], torch.full((2, 2), 2.0))
    settings = json.loads((tmp_path / "both" / SETTINGS).read_text())
    assert (settings["seed"], [one["seed"] for one in settings["averaged"]]) == (2, [1, 2])
    with pytest.raises(ValueError, match="name it last"):
        average([tmp_path / "later", tmp_path / "first"], tmp_path / "neither")


@pytest.mark.parametrize("different", [{"recipe": "trial"}, {"before": {"recipe": "footnote"}}])
def test_trainings_that_began_otherwise_are_not_averaged(tmp_path, tiny_reader_folder, different):
    one = trained(tmp_path / "one", tiny_reader_folder, 1.0)
    other = trained(tmp_path / "other", tiny_reader_folder, 1.0, **different)
    with pytest.raises(ValueError, match="differ in more than their seeds"):
        average([one, other], tmp_path / "both")
    assert not (tmp_path / "both").exists()
