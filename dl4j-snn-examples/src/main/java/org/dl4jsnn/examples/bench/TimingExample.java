package org.dl4jsnn.examples.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.examples.ui.UiOptions;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.neuron.NeuronParameter;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a small network with every rule on spikes whose classes differ only in timing. */
@Command(
    name = "timing",
    description = "What rate gradients cannot see: a spike-timing task with every rule.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TimingExample implements Callable<Integer> {

  private static final int BATCH = 50;

  @Option(names = "--epochs", description = "Passes over the training samples.")
  private int epochs = 30;

  @Option(names = "--samples", description = "Training samples; half as many to test.")
  private int samples = 2000;

  @Option(names = "--hidden", description = "Hidden spiking neurons.")
  private int hidden = 4;

  @Option(names = "--leak", description = "Initial share of the hidden membranes kept per step.")
  private double leak = 0.5;

  @Option(
      names = "--learn",
      split = ",",
      description = "What every hidden neuron learns: leak, threshold, or both.")
  private List<String> learned = List.of();

  @Option(names = "--learning-rate", description = "Adam's learning rate.")
  private double learningRate = 5e-3;

  @Option(names = "--seed", description = "Seed of samples and weights.")
  private long seed = 1;

  @Mixin private UiOptions watched;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OptionRules.atLeast("--epochs", epochs, 1);
    OptionRules.atLeast("--samples", samples, 2);
    OptionRules.atLeast("--hidden", hidden, 1);
    OptionRules.positive("--learning-rate", learningRate);
    OptionRules.fraction("--leak", leak);
    for (String parameter : learned) {
      if (!List.of(NeuronParameter.LEAK, NeuronParameter.THRESHOLD).contains(parameter)) {
        throw new UserError("--learn must name leak, threshold, or both, got " + parameter);
      }
    }
    watched.check();
    Output output = Output.of(spec);
    try (TrainingUi ui = TrainingUi.open(watched, output)) {
      for (GradientRule rule : GradientRule.values()) {
        output.print("%-16s %s", rule, outcome(rule, ui));
      }
      ui.stay();
    }
    return 0;
  }

  private String outcome(GradientRule rule, TrainingUi ui) {
    try {
      return String.format(Locale.ROOT, "test accuracy %.1f %%", 100 * accuracy(rule, ui));
    } catch (DL4JInvalidConfigException e) {
      return "refused: " + e.getMessage();
    }
  }

  /** Trains with a rule; returns the accuracy on other samples. */
  private double accuracy(GradientRule rule, TrainingUi ui) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(rule));
    network.init();
    ui.watch(network, rule.toString());
    DataSetIterator training = CoincidenceTask.samples(samples, BATCH, seed);
    network.fit(training, epochs);
    return network.evaluate(CoincidenceTask.samples(samples / 2, BATCH, seed + 1)).accuracy();
  }

  private MultiLayerConfiguration configuration(GradientRule rule) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(learningRate))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(
                new SpikingDense.Builder()
                    .nOut(hidden)
                    .leak(leak)
                    .learnPerChannel(learned.toArray(String[]::new))
                    .build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(CoincidenceTask.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.recurrent(CoincidenceTask.NEURONS, CoincidenceTask.STEPS))
            .build();
    BackpropRules.apply(configuration, rule.rule());
    return configuration;
  }
}
