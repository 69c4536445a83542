package org.dl4jsnn.internal.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dl4jsnn.encode.EncoderState;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The position of an encoding in a stream, in Deeplearning4j's form: {@code steps} and {@code
 * pass}, one number each, and {@code values}, [minibatch, k], for encoders that remember something.
 *
 * @param pass the index of the inference pass that the stream counts as, which determines its noise
 */
record EncodingStream(EncoderState encoder, long pass) {

  private static final String STEPS = "steps";
  private static final String PASS = "pass";
  private static final String VALUES = "values";

  static final EncodingStream AT_START = new EncodingStream(EncoderState.atStart(), 0);

  boolean isUnderWay() {
    return !encoder.isAtStart();
  }

  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    if (encoder.isAtStart()) {
      return arrays;
    }
    arrays.put(STEPS, Nd4j.createFromArray((double) encoder.steps()));
    arrays.put(PASS, Nd4j.createFromArray((double) pass));
    if (encoder.values() != null) {
      arrays.put(VALUES, Nd4j.createFromArray(encoder.values()));
    }
    return arrays;
  }

  static EncodingStream of(Map<String, INDArray> arrays) {
    if (arrays == null || arrays.isEmpty()) {
      return AT_START;
    }
    for (String name : arrays.keySet()) {
      Require.not(
          !name.equals(STEPS) && !name.equals(PASS) && !name.equals(VALUES),
          "state must have the variables steps, pass and perhaps values, got %s",
          name);
    }
    INDArray values = arrays.get(VALUES);
    return new EncodingStream(
        EncoderState.of(
            whole(arrays, STEPS, 1),
            values == null ? null : values.castTo(DataType.DOUBLE).toDoubleMatrix()),
        whole(arrays, PASS, 0));
  }

  private static long whole(Map<String, INDArray> arrays, String name, long least) {
    INDArray array = arrays.get(name);
    Require.not(
        array == null || array.length() != 1,
        "state variable %s must be one number, got %s",
        name,
        array);
    double number = array.getDouble(0);
    Require.not(
        !(number >= least && number <= 1L << 53) || number != Math.rint(number),
        "state variable %s must be a whole number from %s, got %s",
        name,
        least,
        number);
    return (long) number;
  }
}
