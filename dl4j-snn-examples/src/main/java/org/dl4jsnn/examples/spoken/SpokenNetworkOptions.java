package org.dl4jsnn.examples.spoken;

import java.util.Locale;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.conf.WeightedLayerBuilder;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/** The options of the networks. */
public final class SpokenNetworkOptions {

  private static final double L2 = 1e-5;

  @Option(names = "--network", description = "${COMPLETION-CANDIDATES}.")
  private SpokenNetwork network = SpokenNetwork.RECURRENT;

  @Option(names = "--neurons", description = "Spiking neurons of the hidden layer.")
  private int neurons = 256;

  @Option(
      names = "--cells",
      description = "Cells of the LSTM, which has about as many weights with half the cells.")
  private int cells = 128;

  @Option(
      names = "--neuron",
      description =
          "Neurons of the hidden layer: ${COMPLETION-CANDIDATES}. adlif learns its own decays, so that --leak and --adaptation do not apply.")
  private HiddenNeuron neuron = HiddenNeuron.ADAPTIVE;

  @Option(names = "--threshold", description = "Threshold; for adaptive neurons, at rest.")
  private double threshold = 1;

  @Option(names = "--leak", description = "Share of the membrane kept from step to step.")
  private double leak = 0.8;

  @Option(names = "--adaptation", description = "Increase of an adaptive threshold per spike.")
  private double adaptation = 0.5;

  @Option(names = "--adaptation-decay", description = "Share of the adaptation kept per step.")
  private double adaptationDecay = 0.95;

  @Option(names = "--read-out-leak", description = "Share of the integrators kept per step.")
  private double readOutLeak = 0.95;

  /** Whether the network has spikes. */
  public boolean isSpiking() {
    return network != SpokenNetwork.LSTM;
  }

  public void check() {
    OptionRules.atLeast("--neurons", neurons, 1);
    OptionRules.atLeast("--cells", cells, 1);
    OptionRules.positive("--threshold", threshold);
    OptionRules.share("--leak", leak);
    OptionRules.positive("--adaptation", adaptation);
    OptionRules.share("--adaptation-decay", adaptationDecay);
    OptionRules.share("--read-out-leak", readOutLeak);
  }

  /** A network with its first weights. */
  public MultiLayerNetwork init(CochleaBins bins, int classes, ISchedule learningRates, long seed) {
    ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(learningRates))
            .l2(L2)
            .weightInit(WeightInit.XAVIER)
            .list();
    switch (network) {
      case RECURRENT -> readInTime(layers, hidden(new SpikingRecurrent.Builder(), seed), classes);
      case FEEDFORWARD -> readInTime(layers, hidden(new SpikingDense.Builder(), seed), classes);
      case RATES -> rates(layers, classes);
      case LSTM -> lstm(layers, classes);
    }
    layers.setInputType(InputType.recurrent(bins.channels(), bins.steps()));
    MultiLayerNetwork first = new MultiLayerNetwork(layers.build());
    first.init();
    return first;
  }

  private <B extends WeightedLayerBuilder<B>> B hidden(B builder, long seed) {
    SpikingNeuron membrane = new SpikingNeuron(threshold, leak, Reset.bySubtraction(), 0);
    builder.nOut(neurons).normalization(new CurrentNormalization());
    return switch (neuron) {
      case LIF -> builder.neuron(membrane);
      case ADAPTIVE -> builder.neuron(new AdaptiveNeuron(membrane, adaptation, adaptationDecay));
      case ADLIF ->
          builder
              .neuron(
                  AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, neurons, seed)
                      .withThreshold(threshold))
              .learnPerChannel(
                  NeuronParameter.MEMBRANE_DECAY,
                  NeuronParameter.ADAPTATION_DECAY,
                  NeuronParameter.FEEDBACK,
                  NeuronParameter.SPIKE_ADAPTATION);
    };
  }

  private void readInTime(ListBuilder layers, WeightedLayerBuilder<?> hidden, int classes) {
    layers
        .layer(SpikeEncoding.frames().build())
        .layer(hidden.build())
        .layer(
            new LeakyReadOut.Builder()
                .nOut(classes)
                .leak(readOutLeak)
                .reads(MembraneReadOut.MEAN)
                .build())
        .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build());
  }

  private void rates(ListBuilder layers, int classes) {
    layers
        .layer(SpikeEncoding.frames().build())
        .layer(
            new SpikingDense.Builder()
                .nOut(neurons)
                .normalization(new CurrentNormalization())
                .threshold(threshold)
                .reset(Reset.bySubtraction())
                .backprop(new AsfBackprop())
                .build())
        .layer(softmax(classes));
  }

  private void lstm(ListBuilder layers, int classes) {
    layers
        .layer(new LSTM.Builder().nOut(cells).activation(Activation.TANH).build())
        .layer(new GlobalPoolingLayer(PoolingType.AVG))
        .layer(softmax(classes));
  }

  private static OutputLayer softmax(int classes) {
    return new OutputLayer.Builder(new LossMCXENT())
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** The compared neurons. */
  enum HiddenNeuron {
    /** Leaky integrate-and-fire. */
    LIF,
    /** With a threshold that spikes raise. */
    ADAPTIVE,
    /** With an adaptation that the membrane feeds, its numbers learned by each neuron. */
    ADLIF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The compared networks, each with one hidden layer. */
  enum SpokenNetwork {
    /** Recurrent adaptive neurons, trained through time. */
    RECURRENT,
    /** The same without recurrent synapses. */
    FEEDFORWARD,
    /** Neurons without leak, trained by accumulated spiking flow, which sees only rates. */
    RATES,
    /** Deeplearning4j's LSTM on the counts. */
    LSTM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
