package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Streams and recurrent layers, as shown in docs/time.md. */
final class Streams {

  private Streams() {}

  static MultiLayerNetwork network(int inputs, int classes) {
    // begin network
    SpikingNeuron membrane = SpikingNeuron.leakyIntegrateAndFire(1, 0.9);
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(5e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(
                new SpikingRecurrent.Builder()
                    .nOut(64)
                    .neuron(new AdaptiveNeuron(membrane, 0.2, 0.95))
                    .build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end network
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  static int[] answers(MultiLayerNetwork network, Iterable<INDArray> pieces) {
    int[] last = null;
    // begin stream
    network.rnnClearPreviousState();
    StreamedOutput stream = new StreamedOutput(network);
    for (INDArray piece : pieces) { // [minibatch, n, any number of steps]
      OutputOverTime answers = stream.feed(piece);
      last = answers.classes(answers.steps()); // from all steps so far
    }
    // end stream
    return last;
  }

  static void change(MultiLayerNetwork network, INDArray next, INDArray other)
      throws ModelRefusedException {
    // begin state
    StreamState place = StreamState.of(network);
    network.rnnTimeStep(next);
    byte[] kept = place.toBytes(); // in a file, a session, a message
    StreamState.fromBytes(kept).restore(network);
    network.rnnTimeStep(other); // as if next had never come
    // end state
  }
}
