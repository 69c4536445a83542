package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The backward pass of a whole network: slopes times the gradient of rates, layer by layer. */
class RateBackpropNetworkTest {

  private static final int STEPS = 9;
  private static final int MINIBATCH = 4;
  private static final int LAYERS = 3;

  private static MultiLayerNetwork network() {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            SmallNetworks.settings().l2(0),
            InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 6, 6, 2),
            SpikeEncoding.frames().build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(4).hasBias(true).leak(0.875).build(),
            new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build(),
            new SpikingDense.Builder().nOut(6).threshold(0.75).reset(Reset.bySubtraction()).build(),
            SmallNetworks.readOut());
    BackpropRules.apply(configuration, new RateBackprop());
    return SmallNetworks.network(configuration);
  }

  @Test
  void shouldMultiplySlopesAndGradientsOfRates() {
    MultiLayerNetwork network = network();
    Nd4j.getRandom().setSeed(2);
    INDArray features =
        Nd4j.math().round(Nd4j.rand(MINIBATCH, 2, STEPS, 6, 6).mul(8).sub(3)).div(4);
    INDArray labels = Nd4j.rand(MINIBATCH, SmallNetworks.CLASSES);
    network.setInput(features);
    network.setLabels(labels);
    network.computeGradientAndScore();

    SimulatedWindow[] windows = new SimulatedWindow[LAYERS + 1];
    SpikeTrain train = SpikeEncoder.frames().encode(features, NoiseKey.inference(0));
    for (int layer = 1; layer <= LAYERS; layer++) {
      BaseSpikingLayer conf = (BaseSpikingLayer) network.getLayer(layer).conf().getLayer();
      Synapse synapse = conf.synapse(train.shape(), network.getLayer(layer).paramTable());
      SpikeTrain spikes = new EventDrivenEngine().simulate(synapse, conf.getNeuron(), train);
      windows[layer] = new SimulatedWindow(synapse, conf.getNeuron(), train, spikes);
      train = spikes;
    }
    INDArray readOut = network.getParam("4_W");
    INDArray error = rates(train).mmul(readOut).sub(labels).mul(2);
    INDArray gradient = error.mmul(readOut.transpose());
    for (int layer = LAYERS; layer > 0; layer--) {
      SimulatedWindow window = windows[layer];
      FeatureShape shape = window.output().shape();
      float[] slopes =
          new EligibilitySlopes(window, Surrogate.sigmoid(0.25), false).gather().currents();
      INDArray current = Nd4j.create(slopes, shape.arrayShape(MINIBATCH), 'c').mul(gradient);
      Map<String, INDArray> expected = new LinkedHashMap<>();
      network
          .getLayer(layer)
          .paramTable()
          .forEach((name, value) -> expected.put(name, Nd4j.create(value.shape())));
      gradient =
          window
              .synapse()
              .backprop(rates(window.input()), current, expected, LayerWorkspaceMgr.noWorkspaces());
      String prefix = layer + "_";
      expected.forEach(
          (name, value) -> {
            INDArray actual = network.gradient().getGradientFor(prefix + name);
            double norm = value.norm2Number().doubleValue();
            assertTrue(norm > 0, "no gradient of " + prefix + name);
            assertEquals(0, actual.distance2(value), 1e-5 * norm, prefix + name);
          });
    }
  }

  private static INDArray rates(SpikeTrain train) {
    return Nd4j.create(train.totals(), train.shape().arrayShape(MINIBATCH), 'c')
        .castTo(DataType.FLOAT)
        .div(STEPS);
  }
}
