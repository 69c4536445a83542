package org.dl4jsnn.examples.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.dl4jsnn.runtime.SpikingModel;

/**
 * A program that loads a model, answers once and exits, timed by {@link StartupCommand}. It needs
 * only the engine's jar. Prints the milliseconds of loading, and from the start of main to the
 * answer.
 */
public final class FirstAnswer {

  private static final int STEPS = 8;
  private static final double NANOSECONDS = 1e6;

  private FirstAnswer() {}

  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    SpikingModel model = SpikingModel.load(Path.of(args[0]));
    long loaded = System.nanoTime();
    float[] features = new float[model.inputShape().neurons() * (model.hasTimeAxis() ? STEPS : 1)];
    Arrays.fill(features, 1);
    model.run(features);
    long answered = System.nanoTime();
    System.out.println((loaded - start) / NANOSECONDS + " " + (answered - start) / NANOSECONDS);
  }
}
