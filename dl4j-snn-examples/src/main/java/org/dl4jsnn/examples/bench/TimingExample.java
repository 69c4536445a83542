package org.dl4jsnn.examples.bench;

import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.examples.ui.UiOptions;
import org.dl4jsnn.gradient.BackpropRules;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a small network on spikes whose timing alone tells the classes apart, under every rule.
 */
@Command(
    name = "timing",
    description = "What gradients of rates cannot see: a task of spike timing, under every rule.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TimingExample implements Callable<Integer> {

  private static final int BATCH = 50;
  private static final double LEAK = 0.5;

  @Option(names = "--epochs", description = "Passes over the training samples.")
  private int epochs = 30;

  @Option(names = "--samples", description = "Training samples; half as many to test.")
  private int samples = 2000;

  @Option(names = "--hidden", description = "Hidden spiking neurons.")
  private int hidden = 4;

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
    watched.check();
    Output output = new Output(spec.commandLine().getOut());
    try (TrainingUi ui = TrainingUi.open(watched, output)) {
      for (GradientRule rule : GradientRule.values()) {
        output.print("%-16s test accuracy %.1f %%", rule, 100 * accuracy(rule, ui));
      }
      ui.stay();
    }
    return 0;
  }

  /** Trains under a rule; returns the accuracy on other samples. */
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
            .layer(new SpikingDense.Builder().nOut(hidden).leak(LEAK).build())
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
