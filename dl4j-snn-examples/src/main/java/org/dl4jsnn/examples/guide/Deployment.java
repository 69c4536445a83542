package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;

/** From a trained network to a device, as docs/deploy.md shows it. */
final class Deployment {

  private Deployment() {}

  static void write(MultiLayerNetwork network, Path file) throws IOException {
    // begin export
    RuntimeExport.toBits(8).write(network, file); // or inSinglePrecision()
    // end export
  }

  static int decide(Path file, float[] pixels) throws IOException {
    // begin run
    SpikingModel model = SpikingModel.load(file); // once; threads may share it
    Answer answer = model.run(pixels); // [channels, height, width], flattened
    int decision = answer.decision();
    float[] outputs = answer.outputs();
    // end run
    return outputs.length == 0 ? -1 : decision;
  }

  static int follow(SpikingModel model, Iterable<float[]> frames) {
    int decision = -1;
    // begin stream
    SpikingStream stream = model.stream(); // one for each sensor
    for (float[] frame : frames) {
      Answer answer = stream.step(frame); // any number of steps, [n, T]
      decision = answer.decision();
    }
    stream.reset(); // neurons at rest
    // end stream
    return decision;
  }
}
