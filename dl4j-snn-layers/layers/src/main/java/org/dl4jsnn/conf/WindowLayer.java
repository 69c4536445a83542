package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.json.SavedByFields;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A spiking layer with windows over rows and columns. */
abstract class WindowLayer extends BaseSpikingLayer {

  private static final long serialVersionUID = 1L;

  /** Kernel, stride, padding and dilation. */
  @SavedByFields Window2D window;

  /** For deserialisation. */
  WindowLayer() {}

  WindowLayer(SpikingLayerBuilder<?> builder, Window2D window) {
    super(builder);
    this.window = window;
  }

  /** {@return kernel, stride, padding and dilation} */
  public Window2D getWindow() {
    return window;
  }

  /** Checks the axes of an input. */
  FeatureShape require(FeatureShape input) {
    return requireImage(input);
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    require(input);
    return window.outputShape(input, Require.atLeast("nOut", nOut, 1));
  }

  @Override
  protected long inputsOf(FeatureShape input) {
    return require(input).channels();
  }

  /** The synapses of a convolution of all channels, as are the weights. */
  @Override
  public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
    return new ConvolutionSynapse(
        window, input, parameters.get(Synapse.WEIGHT), parameters.get(Synapse.BIAS));
  }

  @Override
  protected List<LayerParameter> weights() {
    return List.of(kernels(nIn, nOut));
  }

  /** The weights of a convolution whose kernels see some of the channels. */
  final LayerParameter kernels(long channels, double outputsOfChannel) {
    int rows = window.rows().kernel();
    int columns = window.columns().kernel();
    double perStride = (double) window.rows().stride() * window.columns().stride();
    double fanIn = (double) channels * rows * columns;
    double fanOut = outputsOfChannel * rows * columns / perStride;
    return LayerParameter.weights(Synapse.WEIGHT, fanIn, fanOut, nOut, channels, rows, columns);
  }

  @Override
  List<Object> settings() {
    return Arrays.asList(super.settings(), window);
  }
}
