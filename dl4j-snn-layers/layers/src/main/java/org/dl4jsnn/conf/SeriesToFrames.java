package org.dl4jsnn.conf;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.Require;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Converts a series, [minibatch, channels · height · width, T], to images over time, [minibatch,
 * channels, T, height, width], for {@link SpikeEncoding#frames()}. Needed since Deeplearning4j's
 * truncated backpropagation through time cuts only series.
 *
 * <pre>{@code
 * ListBuilder layers =
 *     new NeuralNetConfiguration.Builder().list()
 *         .setInputType(InputType.recurrent(2 * 34 * 34)) // channels · height · width
 *         .inputPreProcessor(0, new SeriesToFrames(2, 34, 34))
 *         .layer(SpikeEncoding.frames().build());
 * }</pre>
 *
 * @param channels channels of an image, at least 1
 * @param height its rows, at least 1
 * @param width its columns, at least 1
 * @serial exclude
 */
public record SeriesToFrames(
    @JsonProperty("channels") int channels,
    @JsonProperty("height") int height,
    @JsonProperty("width") int width)
    implements InputPreProcessor {

  private static final int AXES = 3;

  /**
   * Creates a preprocessor.
   *
   * @param channels channels of an image, at least 1
   * @param height its rows, at least 1
   * @param width its columns, at least 1
   * @throws IllegalArgumentException if a size is less than 1
   */
  public SeriesToFrames {
    Require.atLeast("channels", channels, 1);
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
  }

  @Override
  public INDArray preProcess(INDArray series, int minibatch, LayerWorkspaceMgr workspaces) {
    if (series.rank() != AXES || series.size(1) != features()) {
      throw new DL4JInvalidInputException(
          ("features must have the axes [minibatch, channels · height · width, T], of %s"
                  + " · %s · %s, got %s%s")
              .formatted(
                  channels,
                  height,
                  width,
                  Arrays.toString(series.shape()),
                  FeatureAxes.advice(new long[] {features(), -1}, series.shape())));
    }
    return workspaces
        .dup(ArrayType.ACTIVATIONS, series, 'c')
        .reshape('c', series.size(0), channels, height, width, series.size(2))
        .permute(0, 1, 4, 2, 3);
  }

  private long features() {
    return Require.product(channels, height, width);
  }

  @Override
  public INDArray backprop(INDArray gradient, int minibatch, LayerWorkspaceMgr workspaces) {
    INDArray series = gradient.permute(0, 1, 3, 4, 2);
    return workspaces
        .dup(ArrayType.ACTIVATION_GRAD, series, 'c')
        .reshape('c', gradient.size(0), features(), gradient.size(2));
  }

  @Override
  public InputType getOutputType(InputType type) {
    if (!(type instanceof InputType.InputTypeRecurrent series) || series.getSize() != features()) {
      throw new DL4JInvalidConfigException(
          "input type of SeriesToFrames must be InputType.recurrent("
              + features()
              + "), got "
              + type);
    }
    return InputType.convolutional3D(
        Convolution3D.DataFormat.NCDHW, series.getTimeSeriesLength(), height, width, channels);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    return new Pair<>(mask, state);
  }

  @Override
  public SeriesToFrames clone() {
    return new SeriesToFrames(channels, height, width);
  }
}
