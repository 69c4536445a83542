package org.dl4jsnn.conventional;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution computed by {@link ConvolutionSynapse}. */
final class FastConvolutionLayer extends ConvolutionLayer {

  private static final long serialVersionUID = 1L;

  FastConvolutionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  private ConvolutionSynapse synapse(boolean training, LayerWorkspaceMgr workspaces) {
    validateInputRank();
    validateInputDepth(layerConf().getNIn());
    org.deeplearning4j.nn.conf.layers.ConvolutionLayer layer = layerConf();
    Window2D window = new Window2D(axis(layer, 0), axis(layer, 1));
    FeatureShape shape =
        FeatureShape.image((int) input.size(1), (int) input.size(2), (int) input.size(3));
    INDArray bias = getParamWithNoise(ConvolutionParamInitializer.BIAS_KEY, training, workspaces);
    return new ConvolutionSynapse(
        window,
        shape,
        getParamWithNoise(ConvolutionParamInitializer.WEIGHT_KEY, training, workspaces),
        bias == null ? null : bias.reshape(bias.length()));
  }

  private static Window2D.Axis axis(
      org.deeplearning4j.nn.conf.layers.ConvolutionLayer layer, int axis) {
    boolean isSame = layer.getConvolutionMode() == ConvolutionMode.Same;
    return new Window2D.Axis(
        layer.getKernelSize()[axis],
        layer.getStride()[axis],
        isSame ? 0 : layer.getPadding()[axis], // Deeplearning4j ignores it, too
        layer.getDilation()[axis],
        isSame);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    ConvolutionSynapse synapse = synapse(training, workspaces);
    return layerConf()
        .getActivationFn()
        .getActivation(currents(synapse, ArrayType.ACTIVATIONS, workspaces), training);
  }

  /** The input in the network's data type, as Deeplearning4j's layer takes it. */
  private INDArray features() {
    return input.castTo(dataType);
  }

  private INDArray currents(
      ConvolutionSynapse synapse, ArrayType type, LayerWorkspaceMgr workspaces) {
    long[] shape = synapse.outputShape().arrayShape((int) input.size(0));
    INDArray currents = workspaces.createUninitialized(type, dataType, shape, 'c');
    // No neuron compares these values with a threshold, so they may round like gradients.
    synapse.estimateCurrent(features(), currents);
    return currents;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    ConvolutionSynapse synapse = synapse(true, workspaces);
    INDArray delta = epsilon.castTo(dataType);
    if (!(layerConf().getActivationFn() instanceof ActivationIdentity)) {
      INDArray before = currents(synapse, ArrayType.BP_WORKING_MEM, workspaces);
      delta = layerConf().getActivationFn().backprop(before, delta).getFirst();
    }
    Map<String, INDArray> gradients = new HashMap<>();
    Gradient gradient = new DefaultGradient();
    INDArray bias = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
    if (bias != null) {
      gradients.put(Synapse.BIAS, bias.reshape(bias.length()));
      gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, bias);
    }
    INDArray weights = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
    gradients.put(Synapse.WEIGHT, weights);
    gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weights, 'c');
    INDArray below = synapse.backprop(features(), delta, gradients, workspaces);
    weightNoiseParams.clear();
    return new Pair<>(gradient, backpropDropOutIfPresent(below));
  }
}
