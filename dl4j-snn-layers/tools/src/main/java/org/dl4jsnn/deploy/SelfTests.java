package org.dl4jsnn.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.device.DeviceProgram;
import org.dl4jsnn.internal.device.SelfTest;
import org.dl4jsnn.internal.device.SpikeRange;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Samples of a program's self-test, with the spikes that the network fires. */
final class SelfTests {

  private static final int SAMPLES = 3;
  private static final double FIRING = 0.15;
  private static final int MOST_STEPS = 100;

  private SelfTests() {}

  /** The tests of some samples; random ones if they are null. */
  static List<SelfTest> of(
      NeuralNetwork network,
      INDArray samples,
      CompactModel model,
      DeviceProgram program,
      int steps) {
    CompactEncoding encoding = model.encoding();
    boolean direct = encoding.kind() == CompactEncoding.Kind.DIRECT;
    INDArray given =
        samples == null ? random(encoding, Math.min(steps, MOST_STEPS), program) : samples;
    INDArray features = direct ? wholeParts(given, program.one()) : given;
    Map<String, SpikeTrain> trains = new HashMap<>();
    SpikeTrain[] first = new SpikeTrain[1];
    NetworkWalk.of(network)
        .run(
            new INDArray[] {features},
            false,
            passage -> {
              passage.train().ifPresent(train -> trains.put(passage.part().name(), train));
              first[0] = passage.part().place() == 0 ? passage.train().orElseThrow() : first[0];
            });
    List<SelfTest> tests = new ArrayList<>();
    for (int sample = 0; sample < features.size(0); sample++) {
      tests.add(test(model, program, trains, first[0], direct ? features : null, sample, steps));
    }
    return tests;
  }

  private static INDArray random(CompactEncoding encoding, int steps, DeviceProgram program) {
    FeatureShape shape = encoding.features();
    List<Long> axes = new ArrayList<>(List.of((long) SAMPLES, (long) shape.channels()));
    if (encoding.kind().hasTimeAxis()) {
      axes.add((long) steps);
    }
    if (shape.spatial()) {
      axes.add((long) shape.height());
      axes.add((long) shape.width());
    }
    INDArray features = Nd4j.create(axes.stream().mapToLong(Long::longValue).toArray());
    Random random = new Random(1);
    for (long i = 0; i < features.length(); i++) {
      double value = random.nextDouble();
      boolean isSpike = encoding.kind() == CompactEncoding.Kind.FRAMES;
      double most = program.one() == 0 ? 1 : program.features().most() / (double) program.one();
      features.putScalar(i, isSpike ? value < FIRING ? 1 : 0 : value * value * most);
    }
    return features;
  }

  private static INDArray wholeParts(INDArray features, int one) {
    INDArray parts = features.dup('c');
    for (long i = 0; i < parts.length(); i++) {
      parts.putScalar(i, Math.rint(parts.getDouble(i) * one) / one);
    }
    return parts;
  }

  private static SelfTest test(
      CompactModel model,
      DeviceProgram program,
      Map<String, SpikeTrain> trains,
      SpikeTrain input,
      INDArray features,
      int sample,
      int mostSteps) {
    int steps = Math.min(input.steps(), mostSteps);
    long[] spikes = new long[model.shapes().size()];
    Arrays.fill(spikes, -1);
    long[] counts = null;
    if (features == null) {
      spikes[0] = Arrays.stream(counts(input, sample, steps)).sum();
    }
    for (int place = 1; place < spikes.length; place++) {
      SpikeTrain train = trains.get(model.parts().get(place - 1).name());
      if (train != null && program.isAsInNetwork(place)) {
        spikes[place] = Arrays.stream(counts(train, sample, steps)).sum();
        counts = place == program.scored() ? counts(train, sample, steps) : counts;
      }
    }
    return new SelfTest(
        features == null
            ? null
            : features(features, input.shape(), sample, program.one(), program.features()),
        features == null ? events(input, sample, steps, program) : silence(steps),
        spikes,
        counts);
  }

  private static int[] features(
      INDArray features, FeatureShape shape, int sample, int one, SpikeRange range) {
    INDArray of = features.slice(sample).dup('c');
    int[] whole = new int[shape.neurons()];
    for (int n = 0; n < whole.length; n++) {
      whole[n] = (int) Math.rint(of.getDouble(shape.arrayIndex(n)) * one);
      Require.not(
          whole[n] < range.least() || whole[n] > range.most(),
          "features of a self-test must be in the range of the program, got %s",
          of.getDouble(shape.arrayIndex(n)));
    }
    return whole;
  }

  private static List<int[]> silence(int steps) {
    return new ArrayList<>(Collections.nCopies(steps, new int[0]));
  }

  private static List<int[]> events(
      SpikeTrain train, int sample, int steps, DeviceProgram program) {
    List<int[]> events = new ArrayList<>();
    SpikeEvents step = new SpikeEvents(train.shape());
    for (int t = 0; t < steps; t++) {
      train.read(sample, t, step);
      List<Integer> now = new ArrayList<>();
      for (int e = 0; e < step.size(); e++) {
        float amplitude = step.amplitude(e);
        Require.not(
            amplitude < 0 || amplitude > program.mostInput() || amplitude != Math.rint(amplitude),
            "inputs of a self-test must be whole numbers of spikes from 0 to %s, got %s",
            program.mostInput(),
            amplitude);
        for (int k = 0; k < step.amplitude(e); k++) {
          now.add(step.neuron(e));
        }
      }
      events.add(now.stream().mapToInt(Integer::intValue).toArray());
    }
    return events;
  }

  private static long[] counts(SpikeTrain train, int sample, int steps) {
    long[] counts = new long[train.shape().neurons()];
    SpikeEvents step = new SpikeEvents(train.shape());
    for (int t = 0; t < steps; t++) {
      train.read(sample, t, step);
      for (int e = 0; e < step.size(); e++) {
        counts[step.neuron(e)] += Math.round(step.amplitude(e));
      }
    }
    return counts;
  }
}
