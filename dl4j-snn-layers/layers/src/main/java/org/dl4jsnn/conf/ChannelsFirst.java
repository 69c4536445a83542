package org.dl4jsnn.conf;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Converts images from [minibatch, height, width, channels], the layout of Keras, to [minibatch,
 * channels, height, width], which spiking layers take. A preprocessor of {@link SpikeEncoding}:
 *
 * <pre>{@code
 * ListBuilder layers =
 *     new NeuralNetConfiguration.Builder().list()
 *         .setInputType(InputType.convolutional(32, 32, 3, CNN2DFormat.NHWC))
 *         .inputPreProcessor(0, new ChannelsFirst())
 *         .layer(SpikeEncoding.direct(4).build());
 * }</pre>
 */
public final class ChannelsFirst implements InputPreProcessor {

  private static final long serialVersionUID = 1L;
  private static final int AXES = 4;

  /** Creates a preprocessor. */
  public ChannelsFirst() {}

  @Override
  public INDArray preProcess(INDArray images, int minibatch, LayerWorkspaceMgr workspaces) {
    if (images.rank() != AXES) {
      throw new DL4JInvalidInputException(
          "features must have the axes [minibatch, height, width, channels], got "
              + Arrays.toString(images.shape())
              + ". Images of [minibatch, channels, height, width] need"
              + " features.permute(0, 2, 3, 1)");
    }
    return workspaces.dup(ArrayType.ACTIVATIONS, images.permute(0, 3, 1, 2), 'c');
  }

  @Override
  public INDArray backprop(INDArray gradient, int minibatch, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATION_GRAD, gradient.permute(0, 2, 3, 1), 'c');
  }

  @Override
  public InputType getOutputType(InputType type) {
    if (!(type instanceof InputType.InputTypeConvolutional images)) {
      throw new DL4JInvalidConfigException(
          "input type of ChannelsFirst must be that of images with the channels last, got " + type);
    }
    return InputType.convolutional(
        images.getHeight(), images.getWidth(), images.getChannels(), CNN2DFormat.NCHW);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    return new Pair<>(mask, state);
  }

  @Override
  public ChannelsFirst clone() {
    return new ChannelsFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsFirst;
  }

  @Override
  public int hashCode() {
    return ChannelsFirst.class.hashCode();
  }
}
