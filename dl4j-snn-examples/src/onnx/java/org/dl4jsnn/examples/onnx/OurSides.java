package org.dl4jsnn.examples.onnx;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.monitor.EarlyAnswers;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.SpikingModel;

/** A spiking network in this library, by both of its calls. */
final class OurSides {

  private OurSides() {}

  /** The network as the runtime loads it. */
  static SpikingModel runtime(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RuntimeExport.inSinglePrecision().write(network, file);
    return SpikingModel.load(new ByteArrayInputStream(file.toByteArray()));
  }

  /**
   * The layers' call for minibatches, from which samples with sure answers leave.
   *
   * @param exit when an answer is sure; never for whole windows
   * @param steps T
   */
  record ByLayers(MultiLayerNetwork network, EarlyExit exit, int steps) implements RivalSide {

    @Override
    public String engine() {
      return exit.equals(EarlyExit.never()) ? "MultiLayerNetwork.output" : "EarlyAnswers.of";
    }

    @Override
    public Answers answer(Images images) {
      if (exit.equals(EarlyExit.never())) {
        int[] classes = network.output(images.features()).argMax(1).toIntVector();
        return new Answers(classes, (long) steps * classes.length);
      }
      EarlyAnswers answers = EarlyAnswers.of(network, exit, images.features());
      return new Answers(answers.classes(), IntStream.of(answers.steps()).sum());
    }
  }

  /**
   * The runtime's call, for the images of a minibatch side by side.
   *
   * @param exit when an answer is sure; never for whole windows
   */
  record ByRuntime(SpikingModel model, EarlyExit exit) implements RivalSide {

    @Override
    public String engine() {
      return "SpikingModel.run";
    }

    @Override
    public Answers answer(Images images) {
      float[][] samples = images.samples();
      Answer[] answers =
          IntStream.range(0, samples.length)
              .parallel()
              .mapToObj(i -> run(samples[i]))
              .toArray(Answer[]::new);
      return new Answers(
          Stream.of(answers).mapToInt(Answer::decision).toArray(),
          Stream.of(answers).mapToInt(Answer::steps).sum());
    }

    private Answer run(float... sample) {
      return exit.equals(EarlyExit.never()) ? model.run(sample) : model.run(exit, sample);
    }
  }
}
