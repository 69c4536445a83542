package org.dl4jsnn.conventional;

import java.util.Collection;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's two-dimensional convolution, with the same parameters and results but several
 * times as fast on a CPU: with the library's own kernels if possible (single precision, Java's
 * vector module), otherwise with ND4J's convolution operations.
 */
public final class FastConvolution2D extends ConvolutionLayer {

  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  private FastConvolution2D() {}

  private FastConvolution2D(Builder builder) {
    super(builder);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    LayerValidation.assertNInNOutSet(
        "FastConvolution2D", getLayerName(), layerIndex, getNIn(), getNOut());
    if (getCnn2dDataFormat() != CNN2DFormat.NCHW) {
      throw new DL4JInvalidConfigException(
          "layer '"
              + getLayerName()
              + "' (FastConvolution2D): the data format must be NCHW, got "
              + getCnn2dDataFormat());
    }
    FastConvolutionLayer layer = new FastConvolutionLayer(conf, networkDataType);
    layer.setListeners(trainingListeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(layerParamsView);
    layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
    layer.setConf(conf);
    return layer;
  }

  /** Builds a {@link FastConvolution2D}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends BaseConvBuilder<Builder> {

    /**
     * Creates a builder; stride 1 and no padding by default.
     *
     * @param kernelHeight rows of the kernel
     * @param kernelWidth columns of the kernel
     */
    public Builder(int kernelHeight, int kernelWidth) {
      super(new int[] {kernelHeight, kernelWidth});
    }

    @Override
    protected boolean allowCausal() {
      return false;
    }

    /**
     * Distance between neighbouring windows.
     *
     * @param rows at least 1
     * @param columns at least 1
     * @return this builder
     */
    public Builder stride(int rows, int columns) {
      setStride(new int[] {rows, columns});
      return this;
    }

    /**
     * Zeros around the input.
     *
     * @param rows above and below
     * @param columns on the left and on the right
     * @return this builder
     */
    public Builder padding(int rows, int columns) {
      setPadding(new int[] {rows, columns});
      return this;
    }

    /** {@return the layer} */
    @Override
    public FastConvolution2D build() {
      return new FastConvolution2D(this);
    }
  }
}
