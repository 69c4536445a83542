package org.dl4jsnn.examples.guide;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

// begin synapse
/**
 * Depthwise convolution: every channel has its own kernel and sees no other channel. Stride 1; rows
 * and columns are unchanged.
 *
 * @param inputShape channels × height × width
 * @param weights [1, channels, kernel, kernel], kernel odd
 */
public record CustomDepthwiseSynapse(FeatureShape inputShape, INDArray weights) implements Synapse {

  @Override
  public FeatureShape outputShape() {
    return inputShape;
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public DataType dataType() {
    return weights.dataType();
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    Nd4j.exec(
        DynamicCustomOp.builder("depthwise_conv2d")
            .addInputs(flow, weights)
            .addOutputs(current)
            .addIntegerArguments(window())
            .build());
  }

  @Override
  public INDArray backprop(
      INDArray flow,
      INDArray currentGradient,
      Map<String, INDArray> parameterGradients,
      LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, weights.dataType(), flow.shape(), 'c');
    Nd4j.exec(
        DynamicCustomOp.builder("depthwise_conv2d_bp")
            .addInputs(flow, weights, currentGradient)
            .addOutputs(inputGradient, parameterGradients.get(WEIGHT))
            .addIntegerArguments(window())
            .build());
    return inputGradient;
  }

  private int[] window() {
    int kernel = (int) weights.size(2);
    int same = 1;
    int channelsFirst = 0;
    int kernelLast = 1;
    return new int[] {kernel, kernel, 1, 1, 0, 0, 1, 1, same, channelsFirst, kernelLast};
  }

  // end synapse
  // begin charges
  /** A spike reaches the kernel's neighbourhood of its channel. */
  @Override
  public Optional<Charges> charges() {
    float[] values = weights.dup('c').data().asFloat();
    StepCharge charge = (events, membrane) -> scatter(values, events, membrane);
    return Optional.of(new Charges(() -> charge));
  }

  private void scatter(float[] values, SpikeEvents events, float[] membrane) {
    int kernel = (int) weights.size(2);
    int width = inputShape.width();
    for (int e = 0; e < events.size(); e++) {
      int channel = events.channel(e);
      int row = events.position(e) / width + kernel / 2;
      int column = events.position(e) % width + kernel / 2;
      for (int tap = 0; tap < kernel * kernel; tap++) {
        int y = row - tap / kernel;
        int x = column - tap % kernel;
        if (y >= 0 && y < inputShape.height() && x >= 0 && x < width) {
          membrane[(y * width + x) * inputShape.channels() + channel] +=
              events.amplitude(e) * values[channel * kernel * kernel + tap];
        }
      }
    }
  }
  // end charges
}
