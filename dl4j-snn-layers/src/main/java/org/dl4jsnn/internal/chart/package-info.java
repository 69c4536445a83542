/**
 * What charts on web pages and in pictures have in common: colours, round ticks, and line charts as
 * SVG. Independent of networks.
 */
package org.dl4jsnn.internal.chart;
