/** Why a version of a result was written, by its `reason_code`. */
export const VERSION_REASONS: Readonly<Record<string, string>> = {
  graded: '考试结束时评定',
  received_in_time: '结束前已收到的作答补计',
  late_counted: '断网补传，经复核计入',
  keyed_in: '答题卡录入',
  void: '作答作废',
};
