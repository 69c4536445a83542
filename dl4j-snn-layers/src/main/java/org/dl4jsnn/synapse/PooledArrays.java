package org.dl4jsnn.synapse;

import org.dl4jsnn.Internal;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Pools whole arrays with ND4J's operations, on any backend. */
@Internal
public final class PooledArrays {

  private PooledArrays() {}

  /**
   * Pools an array.
   *
   * @param windows the windows over the input
   * @param operation {@code avgpool2d} or {@code maxpool2d}
   * @param flow [minibatch, channels, height, width]
   * @param pooled where to write the result
   */
  public static void pool(
      PoolingWindows windows, String operation, INDArray flow, INDArray pooled) {
    execute(windows.window(), operation, new INDArray[] {flow}, pooled);
  }

  /**
   * The adjoint of {@link #pool}.
   *
   * @param windows the windows over the input
   * @param operation {@code avgpool2d_bp} or {@code maxpool2d_bp}
   * @param flow the array that was pooled
   * @param pooledGradient the gradient with respect to the pooled array
   * @param gradient where to write the gradient with respect to the array
   */
  public static void poolBackprop(
      PoolingWindows windows,
      String operation,
      INDArray flow,
      INDArray pooledGradient,
      INDArray gradient) {
    execute(windows.window(), operation, new INDArray[] {flow, pooledGradient}, gradient);
  }

  private static void execute(
      Window2D window, String operation, INDArray[] inputs, INDArray result) {
    int noPadding = 0;
    int noDilation = 1;
    int valid = 0;
    int windowSizeAsDivisor = 0;
    int channelsFirst = 0;
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs)
            .addOutputs(result)
            .addIntegerArguments(
                window.rows().kernel(),
                window.columns().kernel(),
                window.rows().stride(),
                window.columns().stride(),
                noPadding,
                noPadding,
                noDilation,
                noDilation,
                valid,
                windowSizeAsDivisor,
                channelsFirst)
            .build());
  }
}
