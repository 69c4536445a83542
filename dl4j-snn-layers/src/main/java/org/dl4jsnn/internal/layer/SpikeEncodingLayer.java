package org.dl4jsnn.internal.layer;

import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.encode.NoiseKey;
import org.dl4jsnn.spike.GradientInbox;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.SpikeTrains;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Encodes features to spikes; the source of the first spike train of a network. */
public final class SpikeEncodingLayer extends AbstractLayer<SpikeEncoding> {

  private static final long serialVersionUID = 1L;

  /** Inference passes so far, for noise that is to be fresh in each. */
  private final AtomicLong inferencePasses = new AtomicLong();

  /**
   * A layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   */
  public SpikeEncodingLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    SpikeTrain spikes = encode(noise(training));
    INDArray rates = Rates.of(spikes, dataType, workspaces);
    // Features get the gradient of rates, those with a time axis the same at every step.
    SpikeTrains.attach(rates, spikes, GradientInbox.of(false), layerConf().name());
    return rates;
  }

  private SpikeTrain encode(NoiseKey noise) {
    if (maskArray != null) {
      throw new DL4JInvalidInputException(
          layerConf().name()
              + ": feature masks are not supported. Set the features of masked steps to zero");
    }
    try {
      SpikeTrain spikes = layerConf().getEncoder().encode(input, noise);
      layerConf().checkShape(spikes.shape());
      return spikes;
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidInputException(layerConf().name() + ": " + e.getMessage());
    }
  }

  private NoiseKey noise(boolean training) {
    long seed = NoiseKey.seedOfLayer(conf.getSeed(), index);
    if (training) {
      return NoiseKey.training(seed, iterationCount);
    }
    return layerConf().isFreshInferenceNoise()
        ? NoiseKey.freshInference(seed, inferencePasses.getAndIncrement())
        : NoiseKey.inference(seed);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    layerConf().getEncoder().backprop(input, epsilon, gradient);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // No parameters.
  }
}
