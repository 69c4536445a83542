package org.dl4jsnn.it.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.runtime.SpikingStream;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Runs every model of expected.txt and compares spikes and outputs with those that the library
 * noted there. Exits with 0 if all are the same.
 */
public final class RunModels {

  private static final float TOLERANCE = 1e-6f;

  private final Map<String, SpikingModel> models = new HashMap<>();
  private final Map<String, Integer> features = new HashMap<>();
  private int compared;

  public static void main(String[] args) throws IOException {
    RunModels all = new RunModels();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                RunModels.class.getResourceAsStream("/expected.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.compare(line.split(" "));
      }
    }
    System.out.println(
        all.compared
            + " results are the library's, Java "
            + Runtime.version().feature()
            + ", vector module "
            + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
  }

  private void compare(String[] words) throws IOException {
    String name = words[0];
    if (words[1].equals("features")) {
      features.put(name, Integer.parseInt(words[2]));
      try (InputStream file = RunModels.class.getResourceAsStream("/" + name)) {
        models.put(name, SpikingModel.load(file));
      }
      return;
    }
    int sample = Integer.parseInt(words[1]);
    SpikingModel model = models.get(name);
    float[] x = features(sample, features.get(name), model);
    Answer whole = model.run(x);
    compare(words, whole);
    // A stream's first piece is a window.
    SpikingStream stream = model.stream();
    compare(words, stream.step(x));
    SpikingStream moved = model.stream();
    moved.restore(stream.toBytes());
    require(
        Arrays.equals(stream.step(x).outputs(), moved.step(x).outputs()),
        words,
        "the same in a stream that was moved");
  }

  private void compare(String[] words, Answer answer) {
    if (words[2].equals("outputs")) {
      float[] outputs = answer.outputs();
      require(outputs.length == words.length - 3, words, "as many outputs, got " + outputs.length);
      for (int i = 0; i < outputs.length; i++) {
        float expected = Float.parseFloat(words[i + 3]);
        require(Math.abs(outputs[i] - expected) <= TOLERANCE, words, "the outputs, got " + outputs[i]);
      }
    } else {
      String digest = digest(answer.spikes(words[2]));
      require(digest.equals(words[3] + " " + words[4]), words, "the spikes, got " + digest);
    }
    compared++;
  }

  private static void require(boolean holds, String[] words, String what) {
    if (!holds) {
      throw new IllegalStateException(String.join(" ", words) + " must be " + what);
    }
  }

  /** The same numbers as in ConsumerModelsTest of dl4j-snn-nir. */
  private static float[] features(int sample, int count, SpikingModel model) {
    boolean spikes = model.hasTimeAxis() && !model.inputShape().spatial();
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      int number = (i * 37 + sample * 11) % 101;
      x[i] = spikes ? (number > 50 ? 1 : 0) : number / 80f - 0.2f;
    }
    return x;
  }

  /** The number of events, and a hash of their steps, neurons and amplitudes. */
  private static String digest(SpikeTrain train) {
    SpikeEvents events = new SpikeEvents(train.shape());
    long hash = 17;
    int count = 0;
    for (int step = 0; step < train.steps(); step++) {
      train.read(0, step, events);
      count += events.size();
      for (int e = 0; e < events.size(); e++) {
        hash = 31 * hash + step;
        hash = 31 * hash + events.neuron(e);
        hash = 31 * hash + Float.floatToIntBits(events.amplitude(e));
      }
    }
    return count + " " + Long.toHexString(hash);
  }
}
