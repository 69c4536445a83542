package org.dl4jsnn.examples.guide;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.StreamedOutput;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Encodings, layers, read-outs and losses in time, and streams, as shown in docs/time.md. */
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

  static List<SpikeEncoding> encodings() {
    // begin codes
    SpikeEncoding latency = SpikeEncoding.latency(20).build();
    SpikeEncoding logarithmic =
        SpikeEncoding.by(LatencyEncoder.logarithmic(20).withThreshold(0.05).withTimeConstants(4))
            .build();
    SpikeEncoding delta = SpikeEncoding.delta(0.1).build(); // [minibatch, n, T]: 2n neurons
    SpikeEncoding population =
        SpikeEncoding.poisson(50).population(8, -1, 1).build(); // [minibatch, n]: 8n neurons
    // end codes
    return List.of(latency, logarithmic, delta, population);
  }

  static MultiLayerConfiguration mean(int inputs) {
    // begin mean
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingDense.Builder().nOut(100).leak(0.9).build())
            .layer(
                new LeakyReadOut.Builder().nOut(10).leak(0.9).reads(MembraneReadOut.MEAN).build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end mean
    return configuration;
  }

  static MultiLayerConfiguration masked(int inputs) {
    // begin masked
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().masked(true).build())
            .layer(new SpikingDense.Builder().nOut(100).leak(0.9).build())
            .layer(new LeakyReadOut.Builder().nOut(10).reads(MembraneReadOut.LAST).build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end masked
    return configuration;
  }

  static MultiLayerNetwork losses(int inputs, int classes) {
    // begin losses
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-2))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(
                new SpikingDense.Builder().nOut(24).leak(0.9).reset(Reset.bySubtraction()).build())
            .layer(
                new LeakyReadOut.Builder()
                    .nOut(classes)
                    .leak(0) // the current of every step separately
                    .reads(MembraneReadOut.COURSE)
                    .build())
            .layer(
                new RnnLossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end losses
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  static INDArray overTime(INDArray labels, long steps) {
    // begin labels
    long minibatch = labels.size(0);
    long classes = labels.size(1);
    INDArray overTime =
        labels.reshape(minibatch, classes, 1).broadcast(minibatch, classes, steps).dup('c');
    // end labels
    return overTime;
  }

  static INDArray classes(MultiLayerNetwork network, INDArray features) {
    // begin answer
    INDArray classes = network.output(features).mean(2).argMax(1);
    // end answer
    return classes;
  }
}
