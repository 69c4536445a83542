package org.dl4jsnn.examples.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.plot.Charts;

/** The outputs of all classes after every step: the answer bright, its closest rivals labelled. */
final class DecisionLines {

  private static final int RIVALS = 2;

  /** The least rise of a rival, as a share of the range of outputs. */
  private static final double NOTICED = 0.15;

  private static final float LETTERS = AnswerImage.SMALL;

  /** Least distance between two labels at the ends of lines. */
  private static final double LINE_HEIGHT = 19;

  private static final float THICK = 3.5f;
  private static final float MIDDLE = 2f;
  private static final float THIN = 1.2f;

  private final double[][] lines; // for every output, by step
  final int answer;

  /** The answer's line; a single output stands for both classes. */
  private final int chosen;

  /** The step from which the answer no longer changes. */
  final int settled;

  DecisionLines(OutputOverTime outputs) {
    int classes = (int) outputs.after(1).size(1);
    lines =
        IntStream.range(0, classes)
            .mapToObj(
                label ->
                    IntStream.rangeClosed(1, outputs.steps())
                        .mapToDouble(step -> outputs.after(step).getDouble(0, label))
                        .toArray())
            .toArray(double[][]::new);
    answer = outputs.classes(outputs.steps())[0];
    chosen = classes == 1 ? 0 : answer;
    settled = outputs.settled()[0];
  }

  void draw(Graphics2D graphics, Rectangle2D area, AnswerImage.TimeAxis axis) {
    List<Integer> rivals = rivals();
    for (int label = 0; label < lines.length; label++) {
      if (label != chosen && !rivals.contains(label)) {
        stroke(graphics, path(area, axis, label), THIN, Charts.FRAME);
      }
    }
    rivals.forEach(label -> stroke(graphics, path(area, axis, label), MIDDLE, Charts.TEXT));
    stroke(graphics, path(area, axis, chosen), THICK, AnswerImage.ANSWER);
    drawSettled(graphics, area, axis);
    drawNames(graphics, area, rivals);
  }

  /** The classes that came closest, except those that never rose. */
  private List<Integer> rivals() {
    double rise = least() + NOTICED * (most() - least());
    return IntStream.range(0, lines.length)
        .filter(label -> label != chosen && top(label) > rise)
        .boxed()
        .sorted(Comparator.comparingDouble(label -> -top(label)))
        .limit(RIVALS)
        .toList();
  }

  private double top(int label) {
    return Arrays.stream(lines[label]).max().orElseThrow();
  }

  private double least() {
    return Arrays.stream(lines).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  private double most() {
    return Arrays.stream(lines).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  private void drawSettled(Graphics2D graphics, Rectangle2D area, AnswerImage.TimeAxis axis) {
    double x = axis.middle(settled - 1);
    graphics.setColor(AnswerImage.ANSWER);
    graphics.setStroke(
        new BasicStroke(THIN, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, dashes(), 0));
    graphics.draw(new Line2D.Double(x, area.getY(), x, area.getMaxY()));
  }

  private static float[] dashes() {
    return new float[] {3, 4};
  }

  private void drawNames(Graphics2D graphics, Rectangle2D area, List<Integer> rivals) {
    List<Integer> named =
        IntStream.concat(IntStream.of(chosen), rivals.stream().mapToInt(i -> i))
            .boxed()
            .sorted(Comparator.comparingDouble(label -> -last(label)))
            .toList();
    double y = Double.NEGATIVE_INFINITY;
    for (int label : named) {
      y = Math.max(y + LINE_HEIGHT, y(area, last(label)) + LETTERS / 3);
      boolean isAnswer = label == chosen;
      AnswerImage.letters(
          graphics,
          isAnswer ? Font.BOLD : Font.PLAIN,
          LETTERS,
          isAnswer ? AnswerImage.ANSWER : Charts.TEXT);
      graphics.drawString(
          String.valueOf(isAnswer ? answer : label), (float) area.getMaxX() + 8, (float) y);
    }
  }

  private double last(int label) {
    return lines[label][lines[label].length - 1];
  }

  private Path2D path(Rectangle2D area, AnswerImage.TimeAxis axis, int label) {
    Path2D path = new Path2D.Double();
    for (int step = 0; step < lines[label].length; step++) {
      double x = axis.middle(step);
      double y = y(area, lines[label][step]);
      if (step == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    return path;
  }

  private double y(Rectangle2D area, double value) {
    double range = most() > least() ? most() - least() : 1;
    return area.getMaxY() - (value - least()) / range * area.getHeight();
  }

  private static void stroke(Graphics2D graphics, Path2D path, float width, Color colour) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
  }
}
