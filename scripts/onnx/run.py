"""Runs ONNX models in onnxruntime: a JSON document of models and inputs on stdin, their outputs on stdout."""

import json
import sys

import numpy
import onnxruntime

kinds = {"float": numpy.float32, "int64": numpy.int64}


def run(model):
    session = onnxruntime.InferenceSession(model["file"], providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    answers = []
    for inputs in model["positions"]:
        feed = {
            name: numpy.array(one["numbers"], kinds[one["type"]]).reshape(one["shape"])
            for name, one in inputs.items()
        }
        outputs = session.run(names, feed)
        answers.append({name: value.flatten().tolist() for name, value in zip(names, outputs)})
    return answers


json.dump([run(model) for model in json.load(sys.stdin)], sys.stdout)
