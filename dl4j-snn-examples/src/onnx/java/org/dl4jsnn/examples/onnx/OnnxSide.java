package org.dl4jsnn.examples.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph in ONNX Runtime, with all of its optimisations. */
final class OnnxSide implements RivalSide {

  private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment("snn");

  private final String precision;
  private final OrtSession session;

  OnnxSide(String precision, byte[] graph, int threads) {
    this.precision = precision;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = RUNTIME.createSession(graph, options);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public String engine() {
    return "ONNX Runtime " + RUNTIME.getVersion() + ", " + precision;
  }

  @Override
  public Answers answer(Images images) {
    float[][] outputs = outputs(images.features());
    int[] classes = new int[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      for (int one = 1; one < outputs[i].length; one++) {
        if (outputs[i][one] > outputs[i][classes[i]]) {
          classes[i] = one;
        }
      }
    }
    return new Answers(classes, 0);
  }

  /** The last layer's outputs, [minibatch][classes]. */
  float[][] outputs(INDArray features) {
    try (OnnxTensor images = tensor(features);
        OrtSession.Result result = session.run(Map.of(OnnxGraph.INPUT, images))) {
      return (float[][]) result.get(0).getValue();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * The graph for one frame at a time, in a tensor that is made once: nothing but the graph is
   * timed.
   */
  OneFrame oneFrame(long... shape) {
    return new OneFrame(shape);
  }

  /** A frame's tensor. */
  final class OneFrame implements AutoCloseable {

    final FloatBuffer values;
    private final OnnxTensor tensor;
    private final Map<String, OnnxTensor> inputs;

    private OneFrame(long... shape) {
      int size = Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
      values =
          ByteBuffer.allocateDirect(size * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      try {
        tensor = OnnxTensor.createTensor(RUNTIME, values, shape);
      } catch (OrtException e) {
        throw failed(e);
      }
      inputs = Map.of(OnnxGraph.INPUT, tensor);
    }

    float[] outputs() {
      try (OrtSession.Result result = session.run(inputs)) {
        return ((float[][]) result.get(0).getValue())[0];
      } catch (OrtException e) {
        throw failed(e);
      }
    }

    @Override
    public void close() {
      tensor.close();
    }
  }

  /** Widens the ranges of the graph's outputs by a minibatch. */
  void widen(Map<String, ValueRange> ranges, INDArray features) {
    try (OnnxTensor images = tensor(features);
        OrtSession.Result result = session.run(Map.of(OnnxGraph.INPUT, images))) {
      for (Map.Entry<String, OnnxValue> output : result) {
        FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float least = 0;
        float largest = 0;
        while (values.hasRemaining()) {
          float value = values.get();
          least = Math.min(least, value);
          largest = Math.max(largest, value);
        }
        ranges.merge(output.getKey(), new ValueRange(least, largest), ValueRange::with);
      }
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** The features where ND4J has them, without a copy. */
  private static OnnxTensor tensor(INDArray features) throws OrtException {
    return OnnxTensor.createTensor(RUNTIME, features.data().asNioFloat(), features.shape());
  }

  private static IllegalStateException failed(OrtException e) {
    return new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
