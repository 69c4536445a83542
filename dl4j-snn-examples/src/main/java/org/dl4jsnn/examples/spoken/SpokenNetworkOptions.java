package org.dl4jsnn.examples.spoken;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/** What can be chosen of the networks. */
public final class SpokenNetworkOptions {

  private static final double L2 = 1e-5;

  @Option(names = "--neurons", description = "Neurons of the hidden layer; an LSTM's cells.")
  private int neurons = 128;

  @Option(names = "--layers", description = "Hidden layers of spiking networks.")
  private int hiddenLayers = 1;

  @Option(names = "--normalize", description = "Normalise input currents over the minibatch.")
  private boolean normalized;

  @Option(names = "--threshold", description = "Threshold, of adaptive neurons that rested.")
  private double threshold = 1;

  @Option(names = "--leak", description = "Share of the membrane kept from step to step.")
  private double leak = 0.9;

  @Option(names = "--adaptation", description = "What a spike adds to an adaptive threshold.")
  private double adaptation = 0.5;

  @Option(names = "--adaptation-decay", description = "Share of the adaptation kept each step.")
  private double adaptationDecay = 0.95;

  @Option(
      names = "--membrane",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Read out the largest membranes of integrators; otherwise rates.")
  private boolean membrane;

  @Option(names = "--read-out-leak", description = "Share of the integrators kept each step.")
  private double readOutLeak = 0.95;

  /** Checks what can be checked before the data are there. */
  public void check() {
    OptionRules.atLeast("--neurons", neurons, 1);
    OptionRules.positive("--threshold", threshold);
    OptionRules.share("--leak", leak);
    OptionRules.positive("--adaptation", adaptation);
    OptionRules.share("--adaptation-decay", adaptationDecay);
  }

  /** A network with its first weights. */
  public MultiLayerNetwork init(
      SpokenNetwork kind, CochleaBins bins, int classes, ISchedule learningRates, long seed) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(learningRates))
            .l2(L2)
            .list();
    if (kind == SpokenNetwork.LSTM) {
      layers
          .layer(new LSTM.Builder().nOut(neurons).activation(Activation.TANH).build())
          .layer(new GlobalPoolingLayer(PoolingType.AVG));
      output(layers, classes);
    } else {
      layers.layer(SpikeEncoding.frames().build());
      for (int i = 0; i < hiddenLayers; i++) {
        layers.layer(hidden(kind));
      }
      if (kind == SpokenNetwork.RATES || !membrane) {
        output(layers, classes);
      } else {
        layers
            .layer(
                new LeakyReadOut.Builder()
                    .nOut(classes)
                    .leak(readOutLeak)
                    .reads(MembraneReadOut.MEAN)
                    .weightInit(WeightInit.XAVIER)
                    .build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build());
      }
    }
    MultiLayerConfiguration configuration =
        layers.setInputType(InputType.recurrent(bins.channels(), bins.steps())).build();
    if (kind == SpokenNetwork.RATES) {
      AsfBackprop.applyTo(configuration);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static void output(NeuralNetConfiguration.ListBuilder layers, int classes) {
    layers.layer(
        new OutputLayer.Builder(new LossMCXENT())
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .weightInit(WeightInit.XAVIER)
            .build());
  }

  private BaseSpikingLayer hidden(SpokenNetwork kind) {
    return switch (kind) {
      case RECURRENT ->
          new SpikingRecurrent.Builder()
              .nOut(neurons)
              .normalization(normalization())
              .dynamics(adaptiveNeuron())
              .build();
      case FEEDFORWARD ->
          new SpikingDense.Builder()
              .nOut(neurons)
              .normalization(normalization())
              .dynamics(adaptiveNeuron())
              .build();
      default ->
          new SpikingDense.Builder()
              .nOut(neurons)
              .normalization(normalization())
              .threshold(threshold)
              .reset(Reset.bySubtraction())
              .build();
    };
  }

  private CurrentNormalization normalization() {
    return normalized ? new CurrentNormalization() : null;
  }

  private NeuronDynamics adaptiveNeuron() {
    SpikingNeuron membrane = new SpikingNeuron(threshold, leak, Reset.bySubtraction(), 0);
    return new AdaptiveNeuron(membrane, adaptation, adaptationDecay);
  }
}
