/**
 * A network of whole numbers as a C99 program for microcontrollers (docs/microcontroller.md).
 *
 * <pre>
 *  DeviceProgram    the files of a program, and the memory that it needs
 *   ├ DeviceLayers  the layers in the form of snn.h: kinds, shapes, where their state lies
 *   ├ StepRanges    what each place passes on in a step: spikes (SpikeRange), or currents
 *   ├ SumRange      proves in how many bits membranes fit over a window
 *   ├ ReadOutNumbers  a read-out in whole numbers
 *   └ Source        C arrays and structures as text
 *  snn.h, snn.c     the simulation, the same for every network (resources)
 * </pre>
 */
package org.dl4jsnn.internal.device;
