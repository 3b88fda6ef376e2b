"""Answers requests with what a model says."""

import fastapi
import onnxruntime

app = fastapi.FastAPI()
session = onnxruntime.InferenceSession("/app/model.onnx")


@app.post("/predict")
def predict(values: list[float]) -> list[float]:
    return session.run(None, {session.get_inputs()[0].name: [values]})[0][0].tolist()
