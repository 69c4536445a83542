package org.dl4jsnn.examples.guide;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class LongTrainingTest {

  @TempDir private Path folder;

  private static MultiLayerNetwork network() {
    return SpikingNetworks.mlp(8).input(InputType.feedForward(6)).classes(2).steps(4).init();
  }

  private static DataSetIterator samples(int number) {
    Random random = new Random(1);
    List<DataSet> samples = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      float[] features = new float[6];
      for (int j = 0; j < features.length; j++) {
        features[j] = random.nextFloat();
      }
      float[] label = {i % 2, 1 - i % 2};
      samples.add(
          new DataSet(
              Nd4j.create(features, new long[] {1, 6}, 'c'),
              Nd4j.create(label, new long[] {1, 2}, 'c')));
    }
    return new ListDataSetIterator<>(samples, 8);
  }

  @Test
  void shouldTrainOnceHoweverOftenItIsStarted() throws IOException {
    Path file = folder.resolve("model.zip");
    MultiLayerNetwork trained = LongTraining.train(network(), samples(16), samples(8), file);
    assertEquals(26, trained.getEpochCount());
    assertEquals(27, Files.readAllLines(TrainingFiles.log(file)).size());
    MultiLayerNetwork again = network();
    MultiLayerNetwork same = LongTraining.train(again, samples(16), samples(8), file);
    assertNotSame(again, same);
    assertSameBits(trained.params(), same.params());
    assertSameBits(trained.params(), SafeModels.defaults().multiLayerNetwork(file).params());
  }

  @Test
  void shouldKeepTheBestModelAndStopEarly() throws IOException {
    Path file = folder.resolve("model.zip");
    Path best = LongTraining.chosen(network(), samples(16), samples(8), samples(8), file);
    assertEquals(TrainingFiles.best(file), best);
    int last = SafeModels.defaults().multiLayerNetwork(file).getEpochCount();
    int chosen = SafeModels.defaults().multiLayerNetwork(best).getEpochCount();
    assertTrue(chosen <= last && last <= chosen + 5, chosen + " of " + last);
  }
}
