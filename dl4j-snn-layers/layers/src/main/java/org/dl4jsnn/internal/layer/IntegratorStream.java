package org.dl4jsnn.internal.layer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.host.IntegratorState;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of a read-out in Deeplearning4j's form: {@code membrane} and {@code summary}, the sum
 * or the maxima of membranes so far, [minibatch, n], {@code steps}, [minibatch], and {@code
 * synaptic current}, [minibatch, n], if there is one.
 */
final class IntegratorStream {

  private static final String CURRENT = "synaptic current";
  private static final String MEMBRANE = "membrane";
  private static final String SUMMARY = "summary";
  private static final String STEPS = "steps";

  private IntegratorStream() {}

  static Map<String, INDArray> arrays(IntegratorState state) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    if (!state.isAtRest()) {
      arrays.put(MEMBRANE, Nd4j.createFromArray(state.membranes()));
      arrays.put(SUMMARY, Nd4j.createFromArray(state.summaries()));
      if (state.currents() != null) {
        arrays.put(CURRENT, Nd4j.createFromArray(state.currents()));
      }
      arrays.put(STEPS, Nd4j.createFromArray(state.steps()).castTo(DataType.DOUBLE));
    }
    return arrays;
  }

  static IntegratorState state(Map<String, INDArray> arrays) {
    Set<String> always = Set.of(MEMBRANE, SUMMARY, STEPS);
    boolean isSynaptic = arrays.containsKey(CURRENT);
    Require.not(
        !arrays.keySet().containsAll(always)
            || arrays.size() != always.size() + (isSynaptic ? 1 : 0),
        "state must have the variables membrane, summary and steps, and synaptic"
            + " current where there is one, got %s",
        arrays.keySet());
    INDArray membranes = arrays.get(MEMBRANE);
    INDArray steps = arrays.get(STEPS);
    Require.not(
        membranes.rank() != 2
            || !membranes.equalShapes(arrays.get(SUMMARY))
            || isSynaptic && !membranes.equalShapes(arrays.get(CURRENT))
            || steps.length() != membranes.size(0),
        "state variables must be of one minibatch, membrane, summary and synaptic"
            + " current [minibatch, n] and steps [minibatch], got others");
    return new IntegratorState(
        isSynaptic ? matrix(arrays.get(CURRENT)) : null,
        matrix(membranes),
        matrix(arrays.get(SUMMARY)),
        counts(steps.castTo(DataType.DOUBLE).toDoubleVector()));
  }

  private static long[] counts(double[] steps) {
    for (double count : steps) {
      Require.not(
          !(count >= 1 && count <= 1L << 53) || count != Math.rint(count),
          "state variable steps must be whole numbers from 1, got %s",
          count);
    }
    return Arrays.stream(steps).mapToLong(count -> (long) count).toArray();
  }

  private static double[][] matrix(INDArray array) {
    double[][] matrix = array.castTo(DataType.DOUBLE).toDoubleMatrix();
    for (double[] row : matrix) {
      for (double value : row) {
        Require.finite("value of a read-out's state", value);
      }
    }
    return matrix;
  }
}
