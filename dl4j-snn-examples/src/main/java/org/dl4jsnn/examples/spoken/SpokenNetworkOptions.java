package org.dl4jsnn.examples.spoken;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
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

  @Option(names = "--threshold", description = "Threshold, of adaptive neurons that rested.")
  private double threshold = 1;

  @Option(names = "--leak", description = "Share of the membrane kept from step to step.")
  private double leak = 0.9;

  @Option(names = "--adaptation", description = "What a spike adds to an adaptive threshold.")
  private double adaptation = 0.5;

  @Option(names = "--adaptation-decay", description = "Share of the adaptation kept each step.")
  private double adaptationDecay = 0.95;

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
    switch (kind) {
      case RECURRENT ->
          layers
              .layer(SpikeEncoding.frames().build())
              .layer(
                  new SpikingRecurrent.Builder().nOut(neurons).dynamics(adaptiveNeuron()).build());
      case FEEDFORWARD ->
          layers
              .layer(SpikeEncoding.frames().build())
              .layer(new SpikingDense.Builder().nOut(neurons).dynamics(adaptiveNeuron()).build());
      case RATES ->
          layers
              .layer(SpikeEncoding.frames().build())
              .layer(
                  new SpikingDense.Builder()
                      .nOut(neurons)
                      .threshold(threshold)
                      .reset(Reset.bySubtraction())
                      .build());
      case LSTM ->
          layers
              .layer(new LSTM.Builder().nOut(neurons).activation(Activation.TANH).build())
              .layer(new GlobalPoolingLayer(PoolingType.AVG));
    }
    MultiLayerConfiguration configuration =
        layers
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .weightInit(WeightInit.XAVIER)
                    .build())
            .setInputType(InputType.recurrent(bins.channels(), bins.steps()))
            .build();
    if (kind == SpokenNetwork.RATES) {
      AsfBackprop.applyTo(configuration);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private NeuronDynamics adaptiveNeuron() {
    SpikingNeuron membrane = new SpikingNeuron(threshold, leak, Reset.bySubtraction(), 0);
    return new AdaptiveNeuron(membrane, adaptation, adaptationDecay);
  }
}
