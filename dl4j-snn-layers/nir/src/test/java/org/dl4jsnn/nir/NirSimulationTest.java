package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.Messages;
import org.dl4jsnn.nir.network.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NirSimulationTest {

  private static final NirDialect EXACT = NirDialect.exact().withTimeStep(1e-3);

  private static Stream<ProgramCase> cases() throws IOException {
    return ProgramCase.all();
  }

  /** What programs answered to the same input: the same spikes in the same steps. */
  @ParameterizedTest
  @MethodSource("cases")
  void shouldAnswerAsTheProgramDid(ProgramCase one) throws IOException {
    NirSimulation simulation = NirSimulation.of(one.graph(), one.settings());
    assertArrayEquals(one.output(), simulation.run(one.input()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphs/recurrent.nir", "graphs/nested.nir", "graphs/cuba_rest.nir"})
  void shouldAnswerTheSameInPiecesAndAnew(String file) throws IOException {
    NirSimulation simulation = NirSimulation.of(NirResources.graph(file), NirDialect.norse());
    float[] input = input(100 * 5);
    float[] whole = simulation.run(input);
    simulation.reset();
    float[] first = simulation.run(Arrays.copyOf(input, 37 * 5));
    float[] rest = simulation.run(Arrays.copyOfRange(input, 37 * 5, input.length));
    assertArrayEquals(Arrays.copyOf(whole, first.length), first);
    assertArrayEquals(Arrays.copyOfRange(whole, first.length, whole.length), rest);
  }

  @Test
  void shouldNotLookAhead() throws IOException {
    NirGraph graph = NirResources.graph("graphs/recurrent.nir");
    float[] input = input(60 * 5);
    float[] changed = input.clone();
    for (int i = 30 * 5; i < changed.length; i++) {
      changed[i] = 1 - changed[i];
    }
    float[] answer = NirSimulation.of(graph, NirDialect.snnTorch()).run(input);
    float[] other = NirSimulation.of(graph, NirDialect.snnTorch()).run(changed);
    assertArrayEquals(Arrays.copyOf(answer, 30 * 4), Arrays.copyOf(other, 30 * 4));
  }

  @Test
  void shouldDelayEveryNumberByItsOwnDelay() {
    NirSimulation simulation =
        chain(2, new NirPlumbing.Delay(NirTensor.of(new int[] {2}, 0.002f, 0)));
    assertArrayEquals(new float[] {0, 2, 0, 4, 1, 6, 3, 8}, simulation.run(1, 2, 3, 4, 5, 6, 7, 8));
    simulation.reset();
    assertArrayEquals(new float[] {0, 9}, simulation.step(9, 9));
  }

  @Test
  void shouldRefuseADelayBetweenTwoSteps() {
    assertRefused("got 0.00249", new NirPlumbing.Delay(NirTensor.full(new int[] {2}, 0.0025f)));
    assertRefused("-0.001", new NirPlumbing.Delay(NirTensor.full(new int[] {2}, -0.001f)));
    assertRefused("1.0E9", new NirPlumbing.Delay(NirTensor.full(new int[] {2}, 1e9f)));
  }

  @Test
  void shouldFireAboveAThresholdWithoutMemory() {
    NirSimulation simulation =
        chain(2, new NirNeurons.Threshold(NirTensor.of(new int[] {2}, 1, 0.5f)));
    assertArrayEquals(new float[] {0, 1, 1, 0}, simulation.run(1, 0.6f, 1.1f, 0.5f));
  }

  @Test
  void shouldIntegrateWithoutALeak() {
    NirSimulation simulation = chain(2, new NirNeurons.I(NirTensor.full(new int[] {2}, 1000)));
    assertArrayEquals(new float[] {1, 2, 2, 2}, simulation.run(1, 2, 1, 0), 1e-6f);
  }

  @Test
  void shouldPoolGradedSpikes() {
    NirPlumbing.Window window = new NirPlumbing.Window(2, 1, 1);
    NirGraph graph =
        GraphBuilder.chain(
            new NirPlumbing.Input(1, 2, 2),
            new NirPlumbing.AvgPool2d(window, window),
            new NirPlumbing.Output(1, 3, 3));
    NirSimulation simulation = NirSimulation.of(graph, EXACT);
    assertArrayEquals(new float[] {1, 2, 1, 3, 5, 2, 2, 3, 1}, simulation.step(4, 4, 8, 4), 0);
  }

  @Test
  void shouldAddWhatSeveralEdgesCarry() {
    NirGraph graph =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(2))
            .node("twice", GraphBuilder.scale(2, 2), "input")
            .node("output", new NirPlumbing.Output(2), "twice", "input")
            .build();
    assertArrayEquals(new float[] {3, 6}, NirSimulation.of(graph, EXACT).step(1, 2));
  }

  @Test
  void shouldCarryTheStepBeforeRoundACycle() {
    NirSimulation norse = NirSimulation.of(counter(), EXACT);
    assertArrayEquals(new float[] {1, 3, 5}, norse.run(1, 1, 1));
    assertEquals(List.of("input", "sum", "back", "output"), norse.order());
    // snnTorch's own recurrent neurons give no spikes to the weights at the first step.
    NirDialect snnTorch = NirDialect.snnTorch();
    assertArrayEquals(new float[] {2, 4, 6}, NirSimulation.of(counter(), snnTorch).run(1, 1, 1));
  }

  @Test
  void shouldGiveNoSpikesToAllWeightsOfACycle() {
    NirSimulation simulation = NirSimulation.of(detour(), NirDialect.snnTorch());
    assertArrayEquals(new float[] {6, 18}, simulation.run(1, 1));
    simulation.reset();
    assertArrayEquals(new float[] {5}, simulation.output("twice"));
    assertArrayEquals(new float[] {7}, simulation.step(2));
    assertArrayEquals(new float[] {1, 8}, NirSimulation.of(detour(), EXACT).run(1, 1));
  }

  /** y[t] = x[t] + 2 (y[t−1] + 1) + 3. */
  private static NirGraph detour() {
    return cycle().node("twice", affine(2, 3), "back").edge("twice", "sum").build();
  }

  /** y[t] = x[t] + (y[t−1] + 1). */
  private static NirGraph counter() {
    return cycle().edge("back", "sum").build();
  }

  private static GraphBuilder cycle() {
    return new GraphBuilder()
        .node("input", new NirPlumbing.Input(1))
        .node("sum", GraphBuilder.scale(1, 1), "input")
        .node("back", affine(1, 1), "sum")
        .node("output", new NirPlumbing.Output(1), "sum");
  }

  private static NirWeights.Affine affine(float weight, float bias) {
    return new NirWeights.Affine(
        NirTensor.of(new int[] {1, 1}, weight), NirTensor.of(new int[] {1}, bias));
  }

  /** As sinabs exports neurons that share their parameters. */
  @Test
  void shouldGiveASingleNumberToAllNeuronsOfALayer() {
    for (int[] shape : new int[][] {{}, {1}}) {
      NirTensor two = NirTensor.full(shape, 2);
      NirTensor half = NirTensor.ofDoubles(shape, 0.5);
      assertArrayEquals(new float[] {2, 4, 6}, chain(3, new NirWeights.Scale(two)).step(1, 2, 3));
      assertArrayEquals(
          new float[] {0, 1, 1}, chain(3, new NirNeurons.Threshold(half)).step(0.5f, 1, 2));
      NirSimulation late = chain(2, new NirPlumbing.Delay(NirTensor.full(shape, 1e-3f)));
      assertArrayEquals(new float[] {0, 0, 1, 2}, late.run(1, 2, 3, 4));
      NirSimulation sums = chain(2, new NirNeurons.I(NirTensor.full(shape, 1000)));
      assertArrayEquals(new int[] {2}, sums.outputShape());
      assertArrayEquals(new float[] {1, 2, 2, 2}, sums.run(1, 2, 1, 0), 1e-6f);
    }
  }

  @Test
  void shouldGiveASingleNumberToNeuronsOfACycleInAGraph() {
    NirGraph cycle =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(2))
            .node("fires", new NirNeurons.Threshold(NirTensor.full(new int[0], 0.5f)), "input")
            .node(
                "back", new NirWeights.Linear(NirTensor.of(new int[] {2, 2}, 0, 1, 1, 0)), "fires")
            .edge("back", "fires")
            .node("output", new NirPlumbing.Output(2), "fires")
            .build();
    assertArrayEquals(new float[] {1, 0, 0, 1, 1, 0}, chain(2, cycle).run(1, 0, 0, 0, 0, 0));
  }

  @Test
  void shouldRefuseASingleNumberForTooManyNeurons() {
    NirNeurons neurons = new NirNeurons.I(NirTensor.full(new int[0], 1));
    Messages.assertRefused(
        NirRefusedException.class, () -> chain((1 << 24) + 1, neurons), "at most 16777216");
    NirNeurons firing =
        new NirNeurons.LI(
            NirTensor.full(new int[0], 1),
            NirTensor.full(new int[0], 1),
            NirTensor.full(new int[0], 0));
    Messages.assertRefused(
        NirRefusedException.class, () -> chain(1 << 23, firing), "at most 16777216");
  }

  @Test
  void shouldRefuseANodeThatNothingReaches() {
    GraphBuilder alone =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(1))
            .node("lost", GraphBuilder.scale(1, 1), "lost")
            .node("output", new NirPlumbing.Output(1), "input");
    assertEquals("lost", refused(alone).node());
    alone.node("other", GraphBuilder.scale(1, 1), "lost").edge("other", "lost");
    assertEquals("other", refused(alone).node());
  }

  private static NirRefusedException refused(GraphBuilder graph) {
    return assertThrows(NirRefusedException.class, () -> NirSimulation.of(graph.build(), EXACT));
  }

  @Test
  void shouldRefuseNamesThatLookLikeThoseInAGraph() {
    GraphBuilder named =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(1))
            .node("a/b", GraphBuilder.scale(1, 1), "input")
            .node("output", new NirPlumbing.Output(1), "a/b");
    assertEquals("a/b", refused(named).node());
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertRefused("[3]", new NirNeurons.I(NirTensor.full(new int[] {3}, 1)));
    assertRefused("[3, 3]", GraphBuilder.linear(1, 3, 3));
    assertRefused("axes 0 to 2", new NirPlumbing.Flatten(new int[0], 0, 2));
    NirPlumbing.Window window = new NirPlumbing.Window(2, 2, 0);
    assertRefused("windows", new NirPlumbing.SumPool2d(window, window));
    assertThrows(NirRefusedException.class, () -> convolution(2, NirWeights.Axis.SAME));
    assertThrows(NirRefusedException.class, () -> convolution(1, 0));
    assertRefused("tau", new NirNeurons.LI(full(0), full(1), full(0)));
    assertRefused("v_leak", new NirNeurons.LI(full(1), full(1), full(Float.NaN)));
    NirSimulation simulation = chain(2, new NirNeurons.I(full(1)));
    assertThrows(IllegalArgumentException.class, () -> simulation.step(1));
    assertThrows(IllegalArgumentException.class, () -> simulation.run(1, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> simulation.run(1, Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> simulation.output("nobody"));
  }

  /** Of three taps over two numbers. */
  private static NirSimulation convolution(int stride, int padding) {
    NirTensor weight = NirTensor.full(new int[] {1, 1, 3}, 1);
    NirTensor bias = NirTensor.full(new int[] {1}, 0);
    NirWeights.Axis axis = new NirWeights.Axis(stride, padding, 1);
    NirNode convolution = new NirWeights.Conv1d(2, weight, bias, axis, 1);
    return NirSimulation.of(
        GraphBuilder.chain(new NirPlumbing.Input(1, 2), convolution, new NirPlumbing.Output()),
        EXACT);
  }

  @Test
  void shouldConvolveAsLongAsTheInput() {
    assertArrayEquals(new float[] {3, 3}, convolution(1, NirWeights.Axis.SAME).step(1, 2));
  }

  private static NirTensor full(float value) {
    return NirTensor.full(new int[] {2}, value);
  }

  private static void assertRefused(String part, NirNode node) {
    NirRefusedException refusal = assertThrows(NirRefusedException.class, () -> chain(2, node));
    assertEquals("node", refusal.node());
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  private static NirSimulation chain(int inputs, NirNode node) {
    return NirSimulation.of(
        GraphBuilder.chain(new NirPlumbing.Input(inputs), node, new NirPlumbing.Output()), EXACT);
  }

  private static float[] input(int size) {
    Random random = new Random(3);
    float[] input = new float[size];
    for (int i = 0; i < size; i++) {
      input[i] = random.nextInt(3) == 0 ? 1 : 0;
    }
    return input;
  }
}
