package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.model.ModelLimits;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Networks with classes that models do not load by default. */
class OwnClassesTrainingTest {

  private static final SafeModels ALLOWING = SafeModels.defaults().allowing(Halving.class);

  @TempDir private Path folder;
  private final StopRequest stop = StopRequest.onSignal(() -> {});
  private Path model;

  /** A schedule that this project does not know. */
  public record Halving(@JsonProperty("first") double first) implements ISchedule {

    private static final long serialVersionUID = 1L;

    @Override
    public double valueAt(int iteration, int epoch) {
      return first * Math.pow(0.5, epoch);
    }

    @Override
    public ISchedule clone() {
      return this;
    }
  }

  @BeforeEach
  void nameFile() {
    model = folder.resolve("model.zip");
  }

  @AfterEach
  void close() {
    stop.close();
  }

  private TrainingSettings settings(int epochs) {
    return TrainingSettings.savingTo(model)
        .epochs(epochs)
        .averageWeights(0.5)
        .learningRates(new Halving(5e-3));
  }

  private <M extends Model> TrainingResult<M> program(M network, TrainingSettings settings) {
    try (Training training = Training.open(settings, SmallTraining.data())) {
      return training.beginOrResume(network, stop);
    }
  }

  @Test
  void shouldResumeIfTheyAreAllowed() {
    program(SmallTraining.network(), settings(1).models(ALLOWING));
    MultiLayerNetwork second = SmallTraining.network();
    TrainingResult<MultiLayerNetwork> resumed = program(second, settings(2).models(ALLOWING));
    assertNotSame(second, resumed.network());
    assertEquals(2, resumed.rows().size());
    assertEquals(2, ModelFile.load(model, ALLOWING).getEpochCount());
  }

  @Test
  void shouldResumeAGraphIfTheyAreAllowed() {
    program(SmallTraining.graph(), settings(1).models(ALLOWING));
    TrainingResult<ComputationGraph> resumed =
        program(SmallTraining.graph(), settings(2).models(ALLOWING));
    assertEquals(2, resumed.rows().size());
    assertEquals(2, ModelFile.loadGraph(model, ALLOWING).getEpochCount());
  }

  @Test
  void shouldNotBeginATrainingThatCouldNotBeResumed() {
    for (Model network : new Model[] {SmallTraining.network(), SmallTraining.graph()}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> program(network, settings(1)))
              .getMessage();
      assertTrue(message.contains("TrainingSettings.models"), message);
      assertTrue(message.contains(Halving.class.getName()), message);
      assertFalse(Files.exists(model));
    }
  }

  @Test
  void shouldLoadWithinTheGivenLimits() {
    program(SmallTraining.network(), settings(1).models(ALLOWING));
    TrainingSettings small = settings(2).models(ALLOWING.within(ModelLimits.defaults().bytes(100)));
    String message =
        assertThrows(TrainingException.class, () -> program(SmallTraining.network(), small))
            .getMessage();
    assertTrue(message.contains("100"), message);
  }
}
