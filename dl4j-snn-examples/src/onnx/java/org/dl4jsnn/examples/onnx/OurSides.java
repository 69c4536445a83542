package org.dl4jsnn.examples.onnx;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
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

  /** Deeplearning4j's call; all steps. */
  record ByLayers(MultiLayerNetwork network, int steps) implements RivalSide {

    @Override
    public String engine() {
      return "MultiLayerNetwork.output";
    }

    @Override
    public Answers answer(Images images) {
      int[] classes = network.output(images.features()).argMax(1).toIntVector();
      return new Answers(classes, (long) steps * classes.length);
    }
  }

  /** The runtime's call, for the images of a minibatch side by side; all steps. */
  record ByRuntime(SpikingModel model) implements RivalSide {

    @Override
    public String engine() {
      return "SpikingModel.run";
    }

    @Override
    public Answers answer(Images images) {
      float[][] samples = images.samples();
      int[] classes =
          IntStream.range(0, samples.length)
              .parallel()
              .map(i -> model.run(samples[i]).decision())
              .toArray();
      return new Answers(classes, (long) model.steps() * classes.length);
    }
  }
}
