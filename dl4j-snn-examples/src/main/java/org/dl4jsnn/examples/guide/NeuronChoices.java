package org.dl4jsnn.examples.guide;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;

/** Neurons and their learned parameters, as shown in docs/train.md and docs/time.md. */
final class NeuronChoices {

  private NeuronChoices() {}

  static List<BaseSpikingLayer> neurons() {
    // begin neurons
    SpikingNeuron leaky =
        SpikingNeuron.leakyIntegrateAndFire(1, 0.9).withReset(Reset.bySubtraction());
    SpikingDense synaptic =
        new SpikingDense.Builder().nOut(100).neuron(new SynapticNeuron(leaky, 0.7)).build();
    SpikingDense adaptive =
        new SpikingDense.Builder().nOut(100).neuron(new AdaptiveNeuron(leaky, 0.2, 0.95)).build();
    SpikingDense refractory =
        new SpikingDense.Builder().nOut(100).neuron(new RefractoryNeuron(leaky, 2)).build();
    // end neurons
    return List.of(synaptic, adaptive, refractory);
  }

  static List<BaseSpikingLayer> learning() {
    // begin learning
    SpikingConvolution2D convolution =
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(32)
            .leak(0.9)
            .learnPerChannel(NeuronParameter.LEAK) // 32 leaks, all starting at 0.9
            .learnPerLayer(NeuronParameter.THRESHOLD) // one threshold
            .build();
    SpikingDense dense =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(1, 0.9), 0.7))
            .learnPerLayer(NeuronParameter.LEAK, NeuronParameter.SYNAPTIC_DECAY)
            .build();
    // end learning
    return List.of(convolution, dense);
  }

  static List<NeuronParameter> learned(MultiLayerNetwork network, int layer) {
    // begin learned
    var trained = network.getLayer(layer);
    BaseSpikingLayer configuration = (BaseSpikingLayer) trained.conf().getLayer();
    List<NeuronParameter> parameters =
        configuration.learnedNeuron(trained.paramTable()).parameters();
    // end learned
    return parameters;
  }
}
