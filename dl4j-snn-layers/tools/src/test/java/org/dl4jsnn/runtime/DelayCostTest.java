package org.dl4jsnn.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** What delay layers cost an inference in front of small layers, in turns without them. */
class DelayCostTest {

  private static final int CHANNELS = 70;
  private static final int STEPS = 40;
  private static final int WORDS = 100;
  private static final int NEURONS = 256;
  private static final int LONGEST = 15;
  private static final int TURNS = 200;
  private static final int WARM_UP = 60;

  @TempDir Path folder;

  @Test
  @EnabledIfSystemProperty(named = "all.cases", matches = "true")
  void shouldCostAtMostFivePercentOfAnInferenceInTheRuntime() throws Exception {
    MultiLayerNetwork[] networks = {network(false), network(true)};
    SpikingModel[] models = new SpikingModel[2];
    for (int k = 0; k < 2; k++) {
      Path file = folder.resolve(k + ".snn");
      RuntimeExport.inSinglePrecision().write(networks[k], file);
      models[k] = SpikingModel.load(file);
    }
    float[][] words = words();
    INDArray minibatch = Nd4j.create(words).reshape(WORDS, CHANNELS, STEPS);
    double[][] output = new double[2][TURNS];
    double[][] runtime = new double[2][TURNS];
    for (int turn = -WARM_UP; turn < TURNS; turn++) {
      for (int k = 0; k < 2; k++) {
        long start = System.nanoTime();
        networks[k].output(minibatch);
        long between = System.nanoTime();
        for (float[] word : words) {
          models[k].run(word);
        }
        if (turn >= 0) {
          output[k][turn] = between - start;
          runtime[k][turn] = System.nanoTime() - between;
        }
      }
    }
    double ofOutput = median(output[1]) / median(output[0]);
    double ofRuntime = median(runtime[1]) / median(runtime[0]);
    String times =
        String.format("with delays: output %.3f times, runtime %.3f times", ofOutput, ofRuntime);
    System.out.println(times);
    assertTrue(ofRuntime <= 1.05, times);
  }

  private static float[][] words() {
    Random random = new Random(5);
    float[][] words = new float[WORDS][CHANNELS * STEPS];
    for (float[] word : words) {
      for (int i = 0; i < word.length; i++) {
        word[i] = random.nextInt(100) < 7 ? 1 : 0;
      }
    }
    return words;
  }

  private static MultiLayerNetwork network(boolean delays) {
    ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .weightInit(WeightInit.XAVIER)
            .list()
            .layer(SpikeEncoding.frames().build());
    Random random = new Random(1);
    for (int inputs : new int[] {CHANNELS, NEURONS}) {
      if (delays) {
        int[] steps = random.ints(inputs, 0, LONGEST + 1).toArray();
        list.layer(new SpikingDelay.Builder().steps(steps).build());
      }
      list.layer(
          new SpikingDense.Builder()
              .nOut(NEURONS)
              .neuron(new SpikingNeuron(1, 0.8, Reset.bySubtraction(), 0))
              .normalization(new CurrentNormalization())
              .build());
    }
    list.layer(new LeakyReadOut.Builder().nOut(20).leak(0.95).reads(MembraneReadOut.MEAN).build())
        .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
        .setInputType(InputType.recurrent(CHANNELS, STEPS));
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }
}
