package org.dl4jsnn.examples.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.CombinedPreProcessor;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.data.Distillation;
import org.dl4jsnn.data.LabelSmoothing;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworkBuilder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import picocli.CommandLine.Option;

/** Options of spiking networks for images and for frames. */
abstract class SpikingOptions {

  private static final double DEFAULT_TEACHER_SHARE = 0.5;

  @Option(names = "--threshold", description = "Threshold of the weighted layers.")
  public double threshold;

  @Option(names = "--leak", description = "Share of the membrane kept per step; 1: IF.")
  double leak = 1;

  @Option(
      names = "--initial-membrane",
      description =
          "The membrane before the first step, as a share of the threshold; average poolings are "
              + "then also reset by subtraction.")
  double initialMembrane = 0;

  @Option(
      names = "--saturation-gate",
      description = "No gradient for neurons that fired at every step.")
  boolean saturationGate;

  @Option(names = "--label-smoothing", description = "Share of each label spread over all classes.")
  double labelSmoothing = 0;

  @Option(
      names = "--teacher",
      description =
          "A trained network, with spikes or without, whose probabilities are mixed into the labels"
              + " (knowledge distillation). With --resume, give it again.")
  private Path teacher;

  @Option(
      names = "--teacher-share",
      description = "Share of the labels that --teacher decides. Default: 0.5.")
  private Double teacherShare;

  /** Of the teacher's file, once it is needed. */
  private Model taughtBy;

  @Option(
      names = "--weight-decay",
      description =
          "Weight decay separate from the gradient (AdamW), instead of L2 regularisation.")
  double weightDecay = 0;

  @Option(
      names = "--price",
      description =
          "What each synaptic addition adds to the loss of an image, such as 1e-9, so that the"
              + " network learns to fire less. 0: nothing.")
  double price = 0;

  @Option(names = "--loss", description = "${COMPLETION-CANDIDATES}; published: squared-error.")
  public ReadOutLoss loss;

  SpikingOptions(double threshold, ReadOutLoss loss) {
    this.threshold = threshold;
    this.loss = loss;
  }

  public void check() {
    OptionRules.belowOne("--label-smoothing", labelSmoothing);
    OptionRules.notNegative("--weight-decay", weightDecay);
    OptionRules.notNegative("--price", price);
    OptionRules.apart("--teacher-share", teacherShare, teacher == null, "without --teacher");
    if (teacherShare != null) {
      OptionRules.share("--teacher-share", teacherShare);
    }
    if (teacher != null) {
      OptionRules.model(teacher);
    }
  }

  /** Refuses a teacher whose file the training replaces. */
  final void requireTeacherKept(TrainingOptions options) {
    if (teacher != null) {
      options.requireKept("--teacher", teacher);
    }
  }

  /** Minibatches for training, whose labels the options may have changed. */
  final DataSetIterator taught(DataSetIterator minibatches) {
    List<DataSetPreProcessor> parts = new ArrayList<>();
    if (labelSmoothing > 0) {
      parts.add(new LabelSmoothing(labelSmoothing));
    }
    if (teacher != null) {
      taughtBy = taughtBy == null ? (Model) SavedNetwork.load(teacher) : taughtBy;
      parts.add(
          new Distillation(
              this::answer, teacherShare == null ? DEFAULT_TEACHER_SHARE : teacherShare));
    }
    if (!parts.isEmpty()) {
      CombinedPreProcessor.Builder all = new CombinedPreProcessor.Builder();
      parts.forEach(all::addPreProcessor);
      minibatches.setPreProcessor(all.build());
    }
    return minibatches;
  }

  private INDArray answer(INDArray features) {
    try {
      return AnyNetwork.output(taughtBy, features);
    } catch (DL4JException | IllegalArgumentException e) {
      throw UserError.of(
          e,
          "--teacher must name a network for the samples of this training, got %s: %s",
          teacher,
          e.getMessage());
    }
  }

  /** How spiking layers learn. */
  final AsfBackprop rule() {
    return saturationGate ? new AsfBackprop().withSaturationGate() : new AsfBackprop();
  }

  final <B extends SpikingNetworkBuilder<B>> B applyTo(
      SpikingNetworkBuilder<B> network, boolean softReset, ISchedule learningRates, long seed) {
    return network
        .threshold(threshold)
        .leak(leak)
        .reset(softReset ? Reset.bySubtraction() : Reset.toZero())
        .poolingReset(initialMembrane == 0 ? Reset.toZero() : Reset.bySubtraction())
        .initialMembraneShare(initialMembrane)
        .backprop(rule())
        .synapticOperationsRegularization(
            price == 0 ? null : new SynapticOperationsRegularization(price))
        .weightDecay(weightDecay)
        .loss(loss)
        .updater(new Adam(learningRates))
        .seed(seed);
  }
}
