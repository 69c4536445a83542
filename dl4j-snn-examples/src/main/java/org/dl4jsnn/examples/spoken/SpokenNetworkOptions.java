package org.dl4jsnn.examples.spoken;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.LearnedDelay;
import org.dl4jsnn.conf.NarrowingWidth;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.conf.WeightedLayerBuilder;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
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

  private static final String INPUT = "words";

  @Option(names = "--network", description = "${COMPLETION-CANDIDATES}.")
  private SpokenNetwork network = SpokenNetwork.RECURRENT;

  @Option(names = "--neurons", description = "Spiking neurons of a hidden layer.")
  private int neurons = 256;

  @Option(names = "--layers", description = "Hidden layers.")
  private int layers = 1;

  @Option(
      names = "--delays",
      description =
          "Learned delays of each input channel, and one of each neuron between layers; 0 for none.")
  private int delays;

  @Option(names = "--longest-delay", description = "The longest learned delay, in time steps.")
  private int longestDelay = 15;

  @Option(names = "--dropout", description = "Share of a hidden layer's neurons left out.")
  private double dropout;

  @Option(
      names = "--detach-resets",
      description = "Gradients do not go through a reset by subtraction.")
  private boolean detachResets;

  @Option(
      names = "--cells",
      description = "Cells of the LSTM, which has about as many weights with half the cells.")
  private int cells = 128;

  @Option(
      names = "--neuron",
      description =
          "Neurons of the hidden layers: ${COMPLETION-CANDIDATES}. adlif learns its own decays, so"
              + " that --leak and --adaptation do not apply.")
  private HiddenNeuron neuron = HiddenNeuron.ADAPTIVE;

  @Option(names = "--threshold", description = "Threshold; for adaptive neurons, at rest.")
  private double threshold = 1;

  @Option(names = "--leak", description = "Share of the membrane kept from step to step.")
  private double leak = 0.8;

  @Option(names = "--adaptation", description = "Increase of an adaptive threshold per spike.")
  private double adaptation = 0.5;

  @Option(names = "--adaptation-decay", description = "Share of the adaptation kept per step.")
  private double adaptationDecay = 0.95;

  @Option(
      names = "--step-length",
      description =
          "How many of the steps that the decays of adlif are published for make one step here.")
  private double stepLength = 1;

  @Option(names = "--read-out-leak", description = "Share of the integrators kept per step.")
  private double readOutLeak = 0.95;

  /** Whether the network has spikes. */
  public boolean isSpiking() {
    return network != SpokenNetwork.LSTM;
  }

  public void check() {
    OptionRules.atLeast("--neurons", neurons, 1);
    OptionRules.atLeast("--cells", cells, 1);
    OptionRules.atLeast("--layers", layers, 1);
    OptionRules.atLeast("--delays", delays, 0);
    OptionRules.atLeast("--longest-delay", longestDelay, 1);
    OptionRules.positive("--step-length", stepLength);
    if (dropout < 0 || dropout >= 1) {
      throw new UserError("--dropout must be at least 0 and less than 1, got " + dropout);
    }
    boolean readsInTime =
        network == SpokenNetwork.RECURRENT || network == SpokenNetwork.FEEDFORWARD;
    boolean isPlain = layers == 1 && delays == 0 && dropout == 0 && !detachResets;
    if (!readsInTime && !isPlain) {
      throw new UserError(
          "--layers, --delays, --dropout and --detach-resets must not be given unless --network is"
              + " recurrent or feedforward, got "
              + network);
    }
    OptionRules.positive("--threshold", threshold);
    OptionRules.share("--leak", leak);
    OptionRules.positive("--adaptation", adaptation);
    OptionRules.share("--adaptation-decay", adaptationDecay);
    OptionRules.share("--read-out-leak", readOutLeak);
  }

  /**
   * A network with its first weights: a graph if it has delays, since those of a channel lie beside
   * one another.
   *
   * @param minibatches minibatches of the training, in the first part of which delays are found
   */
  public Model init(
      CochleaBins bins, int classes, ISchedule learningRates, int minibatches, long seed) {
    NeuralNetConfiguration.Builder settings =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(learningRates))
            .l2(L2)
            .weightInit(WeightInit.XAVIER);
    InputType input = InputType.recurrent(bins.channels(), bins.steps());
    if (delays > 0) {
      GraphBuilder graph = settings.graphBuilder().addInputs(INPUT).setInputTypes(input);
      Chain chain = new Chain(graph);
      readInTime(chain, minibatches, classes, seed);
      ComputationGraph made = new ComputationGraph(graph.setOutputs(chain.last).build());
      made.init();
      return made;
    }
    ListBuilder list = settings.list();
    switch (network) {
      case RECURRENT, FEEDFORWARD -> readInTime(new Chain(list), minibatches, classes, seed);
      case RATES -> rates(list, classes);
      case LSTM -> lstm(list, classes);
    }
    MultiLayerNetwork made = new MultiLayerNetwork(list.setInputType(input).build());
    made.init();
    return made;
  }

  /** Layers one above the other, in a list or a graph. */
  private static final class Chain {

    private final ListBuilder list;
    private final GraphBuilder graph;
    private String last = INPUT;

    Chain(ListBuilder list) {
      this.list = list;
      this.graph = null;
    }

    Chain(GraphBuilder graph) {
      this.list = null;
      this.graph = graph;
    }

    void add(String name, Layer layer) {
      if (graph == null) {
        list.layer(layer);
      } else {
        graph.addLayer(name, layer, last);
        last = name;
      }
    }

    /** Several layers of the same inputs, side by side. */
    void addBeside(String name, int count, Supplier<Layer> layer) {
      String[] names = IntStream.range(0, count).mapToObj(i -> name + i).toArray(String[]::new);
      for (String each : names) {
        graph.addLayer(each, layer.get(), last);
      }
      last = names[0];
      if (count > 1) {
        last = name + "s";
        graph.addVertex(last, new SpikingConcatenate(), names);
      }
    }
  }

  private void readInTime(Chain chain, int minibatches, int classes, long seed) {
    chain.add("encoding", SpikeEncoding.frames().build());
    for (int k = 0; k < layers; k++) {
      if (delays > 0) {
        chain.addBeside("delay" + k, k == 0 ? delays : 1, () -> delay(minibatches));
      }
      WeightedLayerBuilder<?> hidden =
          network == SpokenNetwork.RECURRENT
              ? hidden(new SpikingRecurrent.Builder(), seed + k)
              : hidden(new SpikingDense.Builder(), seed + k);
      chain.add("hidden" + k, hidden.build());
      if (dropout > 0) {
        chain.add("dropout" + k, new SpikingDropout.Builder().retain(1 - dropout).build());
      }
    }
    chain.add(
        "read-out",
        new LeakyReadOut.Builder()
            .nOut(classes)
            .leak(readOutLeak)
            .reads(MembraneReadOut.MEAN)
            .build());
    chain.add(
        "loss", new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build());
  }

  /**
   * Its width falls from half of the longest delay to a third of a step in 60 % of the training.
   */
  private LearnedDelay delay(int minibatches) {
    int narrowing = Math.max(1, (int) (0.6 * minibatches));
    return new LearnedDelay.Builder(longestDelay)
        .width(new NarrowingWidth(longestDelay / 2.0, 0.3, narrowing))
        .build();
  }

  private <B extends WeightedLayerBuilder<B>> B hidden(B builder, long seed) {
    SpikingNeuron membrane = new SpikingNeuron(threshold, leak, Reset.bySubtraction(), 0);
    builder.nOut(neurons).normalization(new CurrentNormalization());
    if (detachResets) {
      builder.backprop(new SpatioTemporalBackprop().withDetachedReset());
    }
    return switch (neuron) {
      case LIF -> builder.neuron(membrane);
      case ADAPTIVE -> builder.neuron(new AdaptiveNeuron(membrane, adaptation, adaptationDecay));
      case ADLIF ->
          builder
              .neuron(
                  AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, neurons, seed)
                      .withLongerSteps(stepLength)
                      .withThreshold(threshold))
              .learnPerChannel(
                  NeuronParameter.MEMBRANE_DECAY,
                  NeuronParameter.ADAPTATION_DECAY,
                  NeuronParameter.FEEDBACK,
                  NeuronParameter.SPIKE_ADAPTATION);
    };
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

  /** The compared networks. */
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
